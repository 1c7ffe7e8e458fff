// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/vector_code_check.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace kmod::kbuild {
namespace {

// "FUNCTION REGISTER" of each use.
std::string uses_in(std::string_view disassembly) {
  std::string text;
  for (const VectorUse& use : find_vector_uses(disassembly)) {
    text += use.function + " " + use.reg + "\n";
  }
  return text;
}

TEST(VectorCodeCheckTest, NamesTheFirstRegisterOfEachFunction) {
  EXPECT_EQ(uses_in("\n"
                    "m.o:     file format elf64-x86-64\n"
                    "\n"
                    "Disassembly of section .text:\n"
                    "\n"
                    "0000000000000000 <_Z1av>:\n"
                    "   0:\tvmovdqa (%rsi),%ymm12\n"
                    "   4:\tmovaps %xmm0,(%rdi)\n"
                    "   8:\tret\n"
                    "\n"
                    "0000000000000010 <_Z1bv>:\n"
                    "  10:\tmov    %rsi,%rax\n"
                    "\n"
                    "0000000000000020 <c>:\n"
                    "  20:\tvpaddd (%rdi),%zmm1,%zmm1\n"
                    "\n"
                    "0000000000000030 <d>:\n"
                    "  30:\tfadd   %st(1),%st\n"
                    "\n"
                    "0000000000000040 <e>:\n"
                    "  40:\tmovq   %mm3,(%rax)\n"),
            "_Z1av ymm12\n"
            "c zmm1\n"
            "d st\n"
            "e mm3\n");
}

TEST(VectorCodeCheckTest, KnowsOtherRegisters) {
  EXPECT_EQ(uses_in("0000000000000000 <xmm0>:\n"
                    "   0:\tmov    %cr3,%rax\n"
                    "   4:\tmov    %ss,%eax\n"
                    "   8:\tcall   d <xmm0+0xd>\n"),
            "");
}

}  // namespace
}  // namespace kmod::kbuild
