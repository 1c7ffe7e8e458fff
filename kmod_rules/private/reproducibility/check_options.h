// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"

namespace kmod::reproducibility {

// The command line of check_reproducible.
struct CheckOptions {
  std::string fake_clock = {};  // the library of libfaketime
  std::string locales = {};     // a directory with the locale de_DE.ISO-8859-1
  std::string demangler = {};   // llvm-cxxfilt
  std::string bazel = {};       // empty: find_bazel() looks for one
  std::vector<std::string> build_options = {};
  std::size_t jobs = 1;
  std::string spawn_strategy = "local";
  std::set<std::string> keep = {};
  std::string scratch = {};  // empty: a temporary directory
  std::size_t explain = 5;
  std::vector<std::string> targets = {};
};

// The flags set `options`, which must outlive them.
[[nodiscard]] base::Flags check_flags(CheckOptions& options);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_CHECK_OPTIONS_H_
