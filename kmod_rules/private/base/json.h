// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Parses JSON, and says where it is wrong.
#ifndef KMOD_RULES_PRIVATE_BASE_JSON_H_
#define KMOD_RULES_PRIVATE_BASE_JSON_H_

#include <expected>
#include <nlohmann/json.hpp>
#include <string>

namespace kmod::base {

// Members stay in the order of the text.
using Json = nlohmann::ordered_json;

// Errors: text that is no JSON; the message begins with `name`.
[[nodiscard]] std::expected<Json, std::string> parse_json(const std::string& text,
                                                          const std::string& name);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_JSON_H_
