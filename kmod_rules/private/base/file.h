// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Whole files in and out, with errors that name the file.
#ifndef KMOD_RULES_PRIVATE_BASE_FILE_H_
#define KMOD_RULES_PRIVATE_BASE_FILE_H_

#include <expected>
#include <string>
#include <string_view>

namespace kmod::base {

[[nodiscard]] std::expected<std::string, std::string> read_file(const std::string& path);

// Replaces the file. The directory has to exist.
[[nodiscard]] std::expected<void, std::string> write_file(const std::string& path,
                                                          std::string_view contents);

// Copies contents only: inputs of an action are read-only and may be symbolic links, and neither is
// to show in the copy.
[[nodiscard]] std::expected<void, std::string> copy_file(const std::string& from,
                                                         const std::string& to);

// Makes the directory and its parents; one that exists is fine.
[[nodiscard]] std::expected<void, std::string> make_directories(const std::string& path);

// A file that is not there is fine.
[[nodiscard]] std::expected<void, std::string> remove_file(const std::string& path);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_FILE_H_
