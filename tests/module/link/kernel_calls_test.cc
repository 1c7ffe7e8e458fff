// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/kernel_calls.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace kmod::link {
namespace {

constexpr std::string_view kTable =
    "kmalloc\tlinux/slab.h\tvoid *__kmod_call_kmalloc(size_t a0, gfp_t a1) { return kmalloc(a0, "
    "a1); }\n"
    "list_add\tlinux/list.h\tvoid __kmod_call_list_add(void) { }\n"
    "spin_lock\tlinux/list.h\tvoid __kmod_call_spin_lock(void) { }\n"
    "use_late\tlinux/z.h linux/late.h\tvoid __kmod_call_use_late(void) { }\n"
    "use_z\tlinux/z.h\tvoid __kmod_call_use_z(void) { }\n";

TEST(KernelCallsTest, WritesOnlyWhatIsCalled) {
  const auto source = kernel_calls_source({"__kmod_call_kmalloc", "printk"}, kTable);
  ASSERT_TRUE(source) << source.error();
  EXPECT_TRUE(source->contains("#include <linux/slab.h>\nvoid *__kmod_call_kmalloc(")) << *source;
  EXPECT_FALSE(source->contains("linux/list.h")) << *source;
  EXPECT_FALSE(source->contains("printk")) << *source;
}

TEST(KernelCallsTest, IncludesAHeaderOnce) {
  const auto source =
      kernel_calls_source({"__kmod_call_list_add", "__kmod_call_spin_lock"}, kTable);
  ASSERT_TRUE(source) << source.error();
  EXPECT_EQ(source->find("#include <linux/list.h>"), source->rfind("#include <linux/list.h>"));
  EXPECT_TRUE(source->contains("__kmod_call_list_add")) << *source;
  EXPECT_TRUE(source->contains("__kmod_call_spin_lock")) << *source;
}

TEST(KernelCallsTest, IncludesFirstWhatAHeaderNeeds) {
  const auto source = kernel_calls_source({"__kmod_call_use_z", "__kmod_call_use_late"}, kTable);
  ASSERT_TRUE(source) << source.error();
  EXPECT_TRUE(source->contains("\n#include <linux/z.h>\n#include <linux/late.h>\nvoid "))
      << *source;
}

TEST(KernelCallsTest, NamesAFunctionThatTheKernelDoesNotHave) {
  const auto source = kernel_calls_source({"__kmod_call_kmalloc_array"}, kTable);
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error(),
            "kmalloc_array is no function of this kernel's headers. Were its objects compiled for "
            "another kernel?");
}

TEST(KernelCallsTest, NamesABadLine) {
  const auto source = kernel_calls_source({}, "kmalloc\tlinux/slab.h\n");
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error(), "the table of kernel calls has a bad line: kmalloc\tlinux/slab.h");
}

}  // namespace
}  // namespace kmod::link
