// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads and writes whole files; errors name the file and the reason.
#ifndef KMOD_RULES_PRIVATE_BASE_FILE_H_
#define KMOD_RULES_PRIVATE_BASE_FILE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

[[nodiscard]] Result<std::string> read_file(const std::string& path);

// Creates or replaces the file. Its directory must exist.
[[nodiscard]] Status write_file(const std::string& path, std::string_view contents);

// Copies the contents only: inputs of an action are read-only and may be symbolic links, and the
// copy must be neither.
[[nodiscard]] Status copy_file(const std::string& from, const std::string& to);

// Creates the directory and its parents. A directory that exists is not an error.
[[nodiscard]] Status make_directories(const std::string& path);

// A file that does not exist is not an error.
[[nodiscard]] Status remove_file(const std::string& path);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_FILE_H_
