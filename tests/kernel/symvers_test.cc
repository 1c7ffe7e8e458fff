// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/symvers.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace kmod::kernel {
namespace {

TEST(SymversTest, ReadsExportsOfOldAndNewKernels) {
  Symvers symvers;
  ASSERT_TRUE(
      symvers.add("0x00000001\tkfree\tvmlinux\tEXPORT_SYMBOL\n"
                  "0x84b45156\tinsert_resource\tvmlinux\tEXPORT_SYMBOL_GPL\tCXL\n",
                  "Module.symvers"));
  ASSERT_TRUE(symvers.add("0x00000002\thello_wave\tother/hello\tEXPORT_SYMBOL_GPL\t\n", "hello"));
  ASSERT_NE(symvers.find("kfree"), nullptr);
  EXPECT_FALSE(symvers.find("kfree")->gpl_only);
  EXPECT_EQ(symvers.find("kfree")->name_space, "");
  EXPECT_TRUE(symvers.find("insert_resource")->gpl_only);
  EXPECT_EQ(symvers.find("insert_resource")->name_space, "CXL");
  EXPECT_EQ(symvers.find("hello_wave")->module, "other/hello");
  EXPECT_EQ(symvers.find("kfre"), nullptr);
  EXPECT_EQ(symvers.names(),
            (std::vector<std::string_view>{"kfree", "insert_resource", "hello_wave"}));
}

TEST(SymversTest, NamesTheLineThatItCannotRead) {
  Symvers symvers;
  const auto done =
      symvers.add("0x1\tkfree\tvmlinux\tEXPORT_SYMBOL\nrubbish\n", "a/Module.symvers");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(),
            "a/Module.symvers:2: \"rubbish\" is not a line of a Module.symvers file (crc, symbol, "
            "module and kind of export, with tabs between them)");
  EXPECT_FALSE(symvers.add("0x1\tkfree\tvmlinux\tsomething\n", "x"));
}

TEST(SymversTest, ReplacesTheModulesPathByItsName) {
  EXPECT_EQ(with_module_name("0x1\ta\t/long/path/module/hello\tEXPORT_SYMBOL\t\n"
                             "0x2\tb\t/long/path/module/hello\tEXPORT_SYMBOL_GPL\tSPACE\n",
                             "hello"),
            "0x1\ta\thello\tEXPORT_SYMBOL\t\n0x2\tb\thello\tEXPORT_SYMBOL_GPL\tSPACE\n");
  EXPECT_EQ(with_module_name("", "hello"), "");
}

}  // namespace
}  // namespace kmod::kernel
