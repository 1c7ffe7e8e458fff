// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The standard library's and googletest's headers come first here.
#include <gtest/gtest.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "kmod/testing/fake_kernel.h"

namespace {

using kmod::testing::FakeKernel;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 15, 0)
constexpr auto kPrintk = printk;
#else
constexpr auto kPrintk = _printk;
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
constexpr auto kMemdup = kmemdup;
#else
constexpr auto kMemdup = kmemdup_noprof;
#endif

class FakeKernelFunctionsTest : public testing::Test {
 protected:
  FakeKernel kernel_;
};

TEST_F(FakeKernelFunctionsTest, ZeroesWhatIsAskedFor) {
  for (void* memory : {kzalloc(24, GFP_KERNEL), kcalloc(3, 8, GFP_KERNEL), kvzalloc(24, GFP_KERNEL),
                       vzalloc(24), kmalloc(24, GFP_KERNEL | __GFP_ZERO)}) {
    ASSERT_NE(memory, nullptr);
    EXPECT_TRUE(std::ranges::all_of(std::span(static_cast<char*>(memory), 24),
                                    [](char byte) { return byte == 0; }));
    kfree(memory);
  }
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(FakeKernelFunctionsTest, RefusesAnArrayThatDoesNotFit) {
  EXPECT_EQ(kmalloc_array(~std::size_t{0} / 2, 3, GFP_KERNEL), nullptr);
  EXPECT_EQ(kcalloc(~std::size_t{0}, 2, GFP_KERNEL), nullptr);
  EXPECT_TRUE(kernel_.allocations().empty());
}

TEST_F(FakeKernelFunctionsTest, Copies) {
  char* text = kstrdup("text", GFP_KERNEL);
  ASSERT_NE(text, nullptr);
  EXPECT_STREQ(text, "text");
  void* copy = kMemdup(text, 5, GFP_ATOMIC);
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(std::memcmp(copy, text, 5), 0);
  EXPECT_EQ(kernel_.allocations()[1].gfp, GFP_ATOMIC);
  kvfree(copy);
  vfree(text);
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(FakeKernelFunctionsTest, FailsWhereTheTestSaysSo) {
  kernel_.fail_after(0);
  EXPECT_EQ(kstrdup("text", GFP_KERNEL), nullptr);
  void* memory = kvmalloc(8, GFP_KERNEL);
  EXPECT_NE(memory, nullptr);
  kvfree(memory);
}

TEST_F(FakeKernelFunctionsTest, KeepsTheLog) {
  kPrintk("\0016%d words\n", 2);
  kPrintk("no level\n");
  EXPECT_EQ(kernel_.log(), (std::vector<std::string>{"<6>2 words\n", "<4>no level\n"}));
}

}  // namespace
