// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// C++ code has the properties that kbuild's flags give C: mitigations, guard, code model,
// registers. The arguments are objdump and an object of sample.cc.

#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "kmod_rules/private/base/process.h"

namespace {

std::string objdump;  // NOLINT: set once by main(), before any test
std::string object;   // NOLINT

std::string run(const char* option) {
  const auto result = kmod::base::run_process({objdump, option, object}, {});
  EXPECT_TRUE(result && result->succeeded()) << (result ? result->output : result.error());
  return result ? result->output : "";
}

// The instructions of one function, with relocations between them.
std::string function(const std::string& name) {
  static const std::string all = run("-dr");
  const std::size_t start = all.find("<" + name + ">:");
  EXPECT_NE(start, std::string::npos) << name;
  return all.substr(start, all.find("\n\n", start) - start);
}

bool has(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern));
}

TEST(CodegenTest, GuardsTheStackWhereTheKernelKeepsItsGuard) {
  EXPECT_TRUE(has(function("guarded"), "%gs:0x28")) << function("guarded");
  EXPECT_TRUE(has(function("guarded"), "__stack_chk_fail")) << function("guarded");
}

TEST(CodegenTest, CallsAndJumpsThroughRetpolines) {
  EXPECT_TRUE(has(function("negated"), "call.*\n.*__x86_indirect_thunk_")) << function("negated");
  EXPECT_TRUE(has(function("indirect"), "jmp.*\n.*__x86_indirect_thunk_")) << function("indirect");
  EXPECT_FALSE(has(run("-d"), R"((call|jmp) +\*)"));
}

// With the test above: straight-line speculation cannot pass a return or a jump through a register.
// The kernel puts int3 after each return that it patches in.
TEST(CodegenTest, ReturnsThroughTheThunk) {
  for (const char* name : {"guarded", "leaf", "negated"}) {
    EXPECT_TRUE(has(function(name), "__x86_return_thunk")) << function(name);
  }
  EXPECT_FALSE(has(run("-d"), R"(\bret\b)"));
}

TEST(CodegenTest, HasNoRedZone) {
  EXPECT_TRUE(has(function("leaf"), R"(sub +\$0x[0-9a-f]+,%rsp)")) << function("leaf");
  EXPECT_FALSE(has(function("leaf"), R"(-0x[0-9a-f]+\(%rsp)")) << function("leaf");
}

TEST(CodegenTest, UsesNoVectorOrFloatRegisters) {
  EXPECT_FALSE(has(run("-d"), "%[xyz]mm|%st|%mm")) << function("copy");
}

TEST(CodegenTest, HasNoJumpTable) {
  EXPECT_TRUE(has(function("choose"), "cmp")) << function("choose");
  EXPECT_FALSE(has(run("-r"), "rodata"));
}

// The kernel is in the top 2 GiB and is not position-independent.
TEST(CodegenTest, NeedsNoGlobalOffsetTable) { EXPECT_FALSE(has(run("-r"), "GOT")); }

TEST(CodegenTest, HasNoUnwindTablesOfUserSpace) { EXPECT_FALSE(has(run("-h"), "eh_frame")); }

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 3) {
    return 2;
  }
  objdump = argv[1];
  object = argv[2];
  return RUN_ALL_TESTS();
}
