// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::kbuild {
namespace {

namespace fs = std::filesystem;

TEST(ModuleDirectoryTest, HoldsTheLayoutAndIsRemoved) {
  const std::string path = testing::TempDir() + "/module_directory_test";
  const std::string source = path + "_source.c";
  const std::string object = path + "_object.o";
  ASSERT_TRUE(base::write_file(source, "int x;\n"));
  ASSERT_TRUE(base::write_file(object, "\x7f"));
  KbuildRequest request;
  request.label = "//a";
  request.module = "hello";
  request.sources = {{source, "sub/a.c"}};
  request.objects = {object};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();

  // Left by a run that was killed.
  ASSERT_TRUE(base::make_directories(path + "/module"));
  ASSERT_TRUE(base::write_file(path + "/module/stale.c", ""));
  {
    const auto directory = ModuleDirectory::create(path);
    ASSERT_TRUE(directory) << directory.error();
    EXPECT_TRUE(fs::path(directory->module()).is_absolute());
    EXPECT_TRUE(fs::is_directory(directory->temporary()));
    ASSERT_TRUE(directory->fill(*layout));
    const std::string module = directory->module() + "/";
    EXPECT_FALSE(fs::exists(module + "stale.c"));
    EXPECT_EQ(base::read_file(module + "sub/a.c"), "int x;\n");
    EXPECT_EQ(base::read_file(module + "hello_prebuilt_0.o"), "\x7f");
    EXPECT_EQ(base::read_file(module + "hello_prebuilt_0.digest"), "7f\n");
    EXPECT_EQ(base::read_file(module + ".hello_prebuilt_0.o.cmd"),
              cmd_file_contents(layout->prebuilt()[0], directory->module()));
    EXPECT_EQ(base::read_file(module + "Makefile"), layout->makefile());
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ModuleDirectoryTest, CopiesContentsButNotPermissions) {
  const std::string path = testing::TempDir() + "/module_directory_test_mode";
  ASSERT_TRUE(base::write_file(path, "text"));
  fs::permissions(path, fs::perms::owner_read);
  const std::string copy = path + "_copy";
  ASSERT_TRUE(base::copy_file(path, copy));
  EXPECT_NE(fs::status(copy).permissions() & fs::perms::owner_write, fs::perms::none);
}

TEST(ModuleDirectoryTest, MakesTheFilesOfAProjectExecutable) {
  const std::string source = testing::TempDir() + "/module_directory_test.sh";
  ASSERT_TRUE(base::write_file(source, "exit 0\n"));
  KbuildRequest request;
  request.label = "//a";
  request.mode = KbuildRequest::Mode::kProject;
  request.sources = {{source, "scripts/probe.sh"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout);
  const auto directory = ModuleDirectory::create(testing::TempDir() + "/module_directory_test3");
  ASSERT_TRUE(directory);
  ASSERT_TRUE(directory->fill(*layout));
  EXPECT_NE(
      fs::status(directory->module() + "/scripts/probe.sh").permissions() & fs::perms::owner_exec,
      fs::perms::none);
  EXPECT_FALSE(fs::exists(directory->module() + "/Makefile"));
}

TEST(ModuleDirectoryTest, NamesAFileThatIsMissing) {
  KbuildRequest request;
  request.label = "//a";
  request.module = "hello";
  request.sources = {{"no/such.c", "a.c"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout);
  const auto directory = ModuleDirectory::create(testing::TempDir() + "/module_directory_test2");
  ASSERT_TRUE(directory);
  const auto done = directory->fill(*layout);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(), "cannot open no/such.c: No such file or directory");
}

}  // namespace
}  // namespace kmod::kbuild
