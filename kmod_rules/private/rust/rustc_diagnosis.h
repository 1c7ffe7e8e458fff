// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Errors of rustc whose cause is in the BUILD file, or in what a kernel does not have.
#ifndef KMOD_RULES_PRIVATE_RUST_RUSTC_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_RUST_RUSTC_DIAGNOSIS_H_

#include <string>
#include <string_view>
#include <vector>

namespace kmod::rust {

struct Crate {
  std::string label;
  std::string name;  // in Rust
  std::string root;  // the path of its first file
};

// What is wrong and what to do, one message for each cause. Empty for errors that rustc's own words
// explain.
[[nodiscard]] std::vector<std::string> diagnose_rustc(const Crate& crate, std::string_view log);

}  // namespace kmod::rust

#endif  // KMOD_RULES_PRIVATE_RUST_RUSTC_DIAGNOSIS_H_
