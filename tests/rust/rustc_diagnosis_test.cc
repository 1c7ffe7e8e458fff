// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/rustc_diagnosis.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::rust {
namespace {

std::vector<std::string> diagnose(std::string_view log) {
  return diagnose_rustc({.label = "//m:ring", .name = "ring", .root = "m/ring.rs"}, log);
}

using Messages = std::vector<std::string>;

TEST(RustcDiagnosisTest, Std) {
  const Messages expected = {
      "//m:ring: the crate uses std, and a kernel has no operating system below it. Write "
      "#![no_std] at the top of m/ring.rs, and use core and, with alloc = True, alloc."};
  EXPECT_EQ(diagnose("error[E0463]: can't find crate for `std`\n  |\n"), expected);
  EXPECT_EQ(diagnose("error[E0433]: failed to resolve: use of undeclared crate or module `std`\n"
                     "error[E0463]: can't find crate for `std`\n"),
            expected);
  EXPECT_EQ(diagnose("error[E0433]: failed to resolve: use of unresolved module or unlinked crate "
                     "`std`\n"),
            expected);
}

TEST(RustcDiagnosisTest, Alloc) {
  EXPECT_EQ(diagnose("error[E0463]: can't find crate for `alloc`\n"),
            Messages{"//m:ring: the crate uses alloc. Set alloc = True."});
}

TEST(RustcDiagnosisTest, AnotherCrate) {
  EXPECT_EQ(diagnose("error[E0433]: failed to resolve: use of unresolved module or unlinked crate "
                     "`wave`\n"),
            Messages{"//m:ring: the crate uses wave, which is neither one of its modules nor a "
                     "crate in deps. Add the kernel_rust_library with crate_name = \"wave\" to "
                     "deps, or write mod wave;"});
}

TEST(RustcDiagnosisTest, FileOfAModule) {
  EXPECT_EQ(diagnose("error[E0583]: file not found for module `wave`\n"),
            Messages{"//m:ring: rustc does not find the file of the module wave. Add wave.rs, or "
                     "wave/mod.rs, to srcs."});
}

TEST(RustcDiagnosisTest, LeavesOtherErrorsToRustc) {
  EXPECT_EQ(diagnose("error[E0308]: mismatched types\nnote: can't find crate for `std`\n"),
            Messages());
}

}  // namespace
}  // namespace kmod::rust
