// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/built_modules.h"

#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::kbuild {
namespace {

// As a Makefile that copies modules does; kbuild itself refuses two modules of one name.
TEST(BuiltModulesTest, RefusesTwoOfOneName) {
  const std::string directory = testing::TempDir() + "/built";
  for (const std::string folder : {"first", "second"}) {
    ASSERT_TRUE(base::make_directories(directory + "/" + folder));
    ASSERT_TRUE(base::write_file(directory + "/" + folder + "/same.ko", "module"));
  }
  KbuildRequest request;
  request.built_modules = {{.name = "same", .directory = "out"}};
  const auto found = find_built_modules(request, directory);
  ASSERT_FALSE(found);
  EXPECT_TRUE(found.error().starts_with("its Makefiles build two modules named same: "))
      << found.error();
  EXPECT_TRUE(found.error().contains("first/same.ko")) << found.error();
  EXPECT_TRUE(
      found.error().ends_with(". Build them by two targets, each with the Makefile of one."))
      << found.error();
}

// The lists of kernels before and after Linux 6.3, and of those that compile in the directory.
TEST(BuiltModulesTest, KnowsModulesAboveTheDirectory) {
  const std::string root = testing::TempDir() + "/above";
  const std::string directory = root + "/driver";
  ASSERT_TRUE(base::make_directories(directory));
  ASSERT_TRUE(base::make_directories(root + "/echo"));
  ASSERT_TRUE(base::write_file(root + "/echo/echo.ko", "module"));
  ASSERT_TRUE(base::write_file(root + "/echo/left_over.ko", "module"));
  KbuildRequest request;
  request.built_modules = {{.name = "other", .directory = "out"}};
  for (const std::string& line : {directory + "/../echo/echo.ko", directory + "/../echo/echo.o",
                                  std::string("../echo/echo.o")}) {
    ASSERT_TRUE(base::write_file(directory + "/modules.order", line + "\n"));
    const auto found = find_built_modules(request, directory);
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().contains("They build: echo. ")) << found.error();
  }
}

}  // namespace
}  // namespace kmod::kbuild
