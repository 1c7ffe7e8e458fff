// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The logs are those of modpost in Linux 5.10, 6.1 and 6.12.
#include "kmod_rules/private/module/kbuild/section_mismatch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/base/pinned_demangler.h"

namespace kmod::kbuild {
namespace {

using Messages = std::vector<std::string>;

DiagnosisContext context() {
  return {.label = "//hello:hello_ko",
          .gpl_compatible = true,
          .exports = {},
          .references = {},
          .definitions = {{"wave", "hello/hello.c"}, {"_ZN5HelloD2Ev", "//hello:hello"}},
          .parameters = {},
          .demangler = base::Demangler(base::pinned_demangler())};
}

TEST(SectionMismatchTest, NamesBothSidesAndTheLibrary) {
  const Messages expected = {
      "//hello:hello_ko: Hello::~Hello() of //hello:hello, in .text, refers to "
      "drv::Table::fill(int), "
      "in .init.text, which the kernel frees after the module's init: a later use jumps into or "
      "reads freed memory. Remove __init or [[gnu::section]] from drv::Table::fill(int), or use it "
      "only in functions that have __init themselves."};
  EXPECT_EQ(diagnose_section_mismatches(
                "WARNING: modpost: hello: section mismatch in reference: _ZN5HelloD2Ev (section: "
                ".text) -> _ZN3drv5Table4fillEi (section: .init.text)\n",
                context()),
            expected);
  EXPECT_EQ(diagnose_section_mismatches(
                "WARNING: modpost: hello: section mismatch in reference: _ZN5HelloD2Ev+0x1f "
                "(section: .text) -> _ZN3drv5Table4fillEi (section: .init.text)\n"
                "WARNING: modpost: hello: section mismatch in reference: _ZN5HelloD2Ev+0x2f "
                "(section: .text) -> _ZN3drv5Table4fillEi (section: .init.text)\n",
                context()),
            expected);
}

TEST(SectionMismatchTest, FunctionsOf510) {
  EXPECT_EQ(
      diagnose_section_mismatches("WARNING: modpost: /w/hello.o(.text+0x5): Section mismatch in "
                                  "reference from the function wave() to the variable "
                                  ".init.data:table\n"
                                  "The function wave() references\n",
                                  context()),
      (Messages{
          "//hello:hello_ko: wave() of hello/hello.c, in .text, refers to table, in .init.data, "
          "which the kernel frees after the module's init: a later use jumps into or reads "
          "freed memory. Remove __initdata or [[gnu::section]] from table, or use it only in "
          "functions that have __init themselves."}));
}

TEST(SectionMismatchTest, OtherSectionsAndNamelessSymbols) {
  const Messages messages = diagnose_section_mismatches(
      "WARNING: modpost: hello: section mismatch in reference: (unknown) (section: .init.text) -> "
      "stop (section: .exit.text)\n",
      context());
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_TRUE(
      messages[0].starts_with("//hello:hello_ko: the section .init.text, in .init.text, refers to "
                              "stop(), in .exit.text, which "
                              "is not in memory at that time."))
      << messages[0];
}

TEST(SectionMismatchTest, LeavesOtherLinesToTheLog) {
  EXPECT_EQ(
      diagnose_section_mismatches("a.c:1: error: x\nWARNING: modpost: hello: section mismatch "
                                  "in reference: rubbish\n",
                                  context()),
      Messages());
}

}  // namespace
}  // namespace kmod::kbuild
