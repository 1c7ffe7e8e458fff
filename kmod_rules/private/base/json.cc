// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/json.h"

namespace kmod::base {

std::expected<Json, std::string> parse_json(const std::string& text, const std::string& name) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return std::unexpected(name + " is no JSON: " + error.what());
  }
}

}  // namespace kmod::base
