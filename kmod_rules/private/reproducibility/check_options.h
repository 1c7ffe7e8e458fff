// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_

#include <cstddef>
#include <expected>
#include <set>
#include <string>
#include <vector>

namespace kmod::reproducibility {

// The command line of check_reproducible; its .cc file describes the options.
struct CheckOptions {
  std::string fake_clock = {};  // libfaketime's library
  std::string locales = {};     // a folder with the locale de_DE.ISO-8859-1
  std::string bazel = {};       // empty: look for one
  std::vector<std::string> build_options = {};
  std::string jobs = "1";
  std::string spawn_strategy = "local";
  std::set<std::string> keep = {};
  std::string scratch = {};  // empty: a temporary directory
  std::size_t explain = 5;
  std::vector<std::string> targets = {};
};

// Errors: an option that there is not, a bad value, no target; the message says what is right.
[[nodiscard]] std::expected<CheckOptions, std::string> parse_check_options(
    const std::vector<std::string>& arguments);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_
