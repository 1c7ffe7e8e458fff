// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/unreachable_memory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

using Sites = std::vector<AllocationSite>;

constexpr const char* kKernelPiece =
    "unreferenced object 0xffff8880036c2a00 (size 512):\n"
    "  comm \"swapper/0\", pid 1, jiffies 4294892301 (age 9.120s)\n"
    "  hex dump (first 32 bytes):\n"
    "    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................\n"
    "    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................\n"
    "  backtrace:\n"
    "    [<0000000072bd8d94>] kmalloc_trace+0x25/0x90\n"
    "    [<00000000da1b2c3d>] do_one_initcall+0xa1/0x2f0\n";
constexpr const char* kPieceOfModule =
    "unreferenced object 0xffff888003a1e000 (size 576):\n"
    "  comm \"init\", pid 77, jiffies 4294893632 (age 6.700s)\n"
    "  hex dump (first 32 bytes):\n"
    "    06 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................\n"
    "    10 e0 a1 03 80 88 ff ff 10 e0 a1 03 80 88 ff ff  ................\n"
    "  backtrace:\n"
    "    [<0000000011111111>] kmem_cache_alloc_lru+0x185/0x3f0\n"
    "    [<0000000022222222>] xas_alloc+0x7a/0x140\n"
    "    [<0000000033333333>] 0xffffffffc0202014\n"
    "    [<0000000044444444>] 0xffffffffc02050a1\n"
    "    [<0000000055555555>] do_one_initcall+0xa1/0x2f0\n";

TEST(UnreachableMemoryTest, FindsOnlyWhatModulesThatAreGoneAllocated) {
  const Sites one = {
      {.count = 1, .bytes = 576, .addresses = {0xffffffffc0202014, 0xffffffffc02050a1}}};
  EXPECT_EQ(parse_kmemleak(std::string(kKernelPiece) + kPieceOfModule + kKernelPiece), one);
  EXPECT_EQ(parse_kmemleak(std::string(kPieceOfModule) + kPieceOfModule)->size(), 2u);
  EXPECT_EQ(parse_kmemleak(kKernelPiece), Sites());
  EXPECT_EQ(parse_kmemleak(""), Sites());
}

TEST(UnreachableMemoryTest, NamesTheLineThatItDoesNotUnderstand) {
  EXPECT_EQ(parse_kmemleak("lost object 0x1\n").error(),
            "line 1 is \"lost object 0x1\", which this program does not understand");
  EXPECT_EQ(
      parse_kmemleak(std::string(kKernelPiece) + "unreferenced object 0x1 (many):\n").error(),
      "line 9 is \"unreferenced object 0x1 (many):\", which this program does not understand");
}

}  // namespace
}  // namespace kmod::vm
