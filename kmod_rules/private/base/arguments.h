// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The command line of a build-action tool, with its parameter files opened up.
#ifndef KMOD_RULES_PRIVATE_BASE_ARGUMENTS_H_
#define KMOD_RULES_PRIVATE_BASE_ARGUMENTS_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::base {

// One `--name=value`. Order carries meaning (an --object belongs to the --library before it), so
// that a command line is a list of these and not a map.
struct Argument {
  std::string name;  // without the dashes
  std::string value;

  bool operator==(const Argument&) const = default;
};

// Takes what follows the program's name. `@file` stands for the lines of that file, one argument
// each, which is how Bazel passes what is too long for a command line; a line of a parameter file
// is never opened up again.
//
// Errors: a parameter file that cannot be read, an argument that is not `--name=value`.
[[nodiscard]] std::expected<std::vector<Argument>, std::string> parse_arguments(
    const std::vector<std::string>& command_line);

// Splits `left=right` at the first equals sign.
//
// Errors: no equals sign, or an empty side; the message names `argument` and shows `shape`, which
// is how it has to look.
struct Pair {
  std::string left;
  std::string right;
};
[[nodiscard]] std::expected<Pair, std::string> split_pair(const Argument& argument,
                                                          std::string_view shape);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ARGUMENTS_H_
