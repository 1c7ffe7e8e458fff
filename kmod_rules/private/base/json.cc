// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/json.h"

#include <fmt/core.h>

namespace kmod::base {

Result<Json> parse_json(const std::string& text, const std::string& name) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return std::unexpected(fmt::format("{} is not JSON: {}", name, error.what()));
  }
}

}  // namespace kmod::base
