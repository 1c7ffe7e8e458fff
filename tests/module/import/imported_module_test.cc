// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import/imported_module.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::module_import {
namespace {

TEST(VermagicTest, FollowsTheConfiguration) {
  EXPECT_EQ(vermagic_of("6.1.0",
                        "CONFIG_SMP=y\nCONFIG_PREEMPT_BUILD=y\nCONFIG_MODULE_UNLOAD=y\n"
                        "CONFIG_MODVERSIONS=y\n"),
            "6.1.0 SMP preempt mod_unload modversions");
  EXPECT_EQ(vermagic_of("5.10", "CONFIG_SMP=y\nCONFIG_PREEMPT_RT=y\n"), "5.10 SMP preempt_rt");
  EXPECT_EQ(vermagic_of("7.2", "# CONFIG_SMP is not set\n"), "7.2");
}

TEST(VermagicTest, ComparesTheReleaseOnlyWithoutVersions) {
  kernel::ModuleInfo module{.vermagic = "6.1.0-1 SMP mod_unload "};
  EXPECT_TRUE(check_vermagic(module, "6.1.0-1 SMP mod_unload"));
  EXPECT_FALSE(check_vermagic(module, "6.1.0-2 SMP mod_unload"));
  module.versions = {{"printk", 1}};
  EXPECT_TRUE(check_vermagic(module, "6.1.0-2 SMP mod_unload"));
  EXPECT_FALSE(check_vermagic(module, "6.1.0-1 SMP"));
}

TEST(SymbolsTest, ComparesVersions) {
  kernel::Symvers exports;
  ASSERT_TRUE(exports.add("0x0000002a\tanswer\tvmlinux\tEXPORT_SYMBOL\t\n", "symvers"));
  EXPECT_TRUE(check_symbols({.versions = {{"answer", 42}}, .undefined = {"answer"}}, exports));
  EXPECT_EQ(check_symbols({.versions = {{"answer", 41}}}, exports).error(),
            "it uses answer with the version 0x00000029, and vmlinux exports it with the version "
            "0x0000002a: the kernel would refuse the module. Take a file that was built against "
            "this kernel and these modules.");
}

}  // namespace
}  // namespace kmod::module_import
