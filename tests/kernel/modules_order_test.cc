// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/modules_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"

namespace kmod::kernel {
namespace {

// Linux 6.1 lists absolute paths of modules, 6.12 those of objects, 6.13 paths from the directory.
TEST(ModulesOrderTest, ReadsTheListOfEachKernel) {
  const std::string directory = testing::TempDir() + "/driver";
  ASSERT_TRUE(base::make_directories(directory));
  ASSERT_TRUE(base::write_file(directory + "/modules.order",
                               "/m/driver/card.ko\n/m/driver/../echo/echo.o\n"));
  EXPECT_EQ(listed_modules(directory),
            (std::vector<std::string>{"/m/driver/card", "/m/echo/echo"}));
  ASSERT_TRUE(base::write_file(directory + "/modules.order", "core/card-core.o\n../echo/echo.o\n"));
  EXPECT_TRUE(listed_modules(directory).front().ends_with("/driver/core/card-core"));
  EXPECT_TRUE(listed_modules(directory).back().ends_with("/echo/echo"));
  EXPECT_FALSE(listed_modules(directory).back().contains("driver"));
}

TEST(ModulesOrderTest, IsEmptyWithoutAList) {
  EXPECT_TRUE(listed_modules(testing::TempDir() + "/none").empty());
}

}  // namespace
}  // namespace kmod::kernel
