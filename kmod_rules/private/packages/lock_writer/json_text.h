// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Parses JSON, and says where it is wrong.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_JSON_TEXT_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_JSON_TEXT_H_

#include <expected>
#include <nlohmann/json.hpp>
#include <string>

namespace kmod::lock {

// Members stay in the order of the text.
using Json = nlohmann::ordered_json;

// Errors: text that is no JSON; the message begins with `name`.
[[nodiscard]] std::expected<Json, std::string> parse_json(const std::string& text,
                                                          const std::string& name);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_JSON_TEXT_H_
