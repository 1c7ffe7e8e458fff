// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_BASE_PINNED_DEMANGLER_H_
#define TESTS_BASE_PINNED_DEMANGLER_H_

#include <filesystem>
#include <string>

namespace kmod::base {

// The path of the pinned llvm-cxxfilt in a test's runfiles; empty if they lack it. Which name the
// repository has there depends on whether Bazel reads WORKSPACE or MODULE.bazel.
inline std::string pinned_demangler() {
  for (const auto& repository : std::filesystem::directory_iterator("..")) {
    if (!repository.path().string().ends_with("kmod_clang")) continue;
    return repository.path().string() + "/root/usr/bin/llvm-cxxfilt-19";
  }
  return "";
}

}  // namespace kmod::base

#endif  // TESTS_BASE_PINNED_DEMANGLER_H_
