// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Parses JSON.
#ifndef KMOD_RULES_PRIVATE_BASE_JSON_H_
#define KMOD_RULES_PRIVATE_BASE_JSON_H_

#include <nlohmann/json.hpp>
#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// Members stay in the order of the text.
using Json = nlohmann::ordered_json;

// Errors: the text is not JSON; the message begins with `name` and gives the line.
[[nodiscard]] Result<Json> parse_json(const std::string& text, const std::string& name);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_JSON_H_
