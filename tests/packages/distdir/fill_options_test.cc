// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/fill_options.h"

#include <gtest/gtest.h>

namespace kmod::distdir {
namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse_fill_options(arguments, "/home/me");
  return options ? "parsed" : options.error();
}

TEST(FillOptionsTest, ReadsAllOptions) {
  const auto options = parse_fill_options(
      {"--tools=external/tools", "--mirror_list=mirrors.txt", "--own_lock=own.json", "--check",
       "--set=clang", "--set=hosted", "--mirror=http://mirror.example/debian/", "--lock=my.json",
       "--repository_cache=/cache", "--bazel=bazel-7", "dist"},
      "/home/me");
  ASSERT_TRUE(options) << options.error();
  EXPECT_TRUE(options->check);
  EXPECT_EQ(options->folder, "/home/me/dist");
  EXPECT_EQ(options->locks, std::vector<std::string>{"/home/me/my.json"});
  EXPECT_EQ(options->sets, (std::vector<std::string>{"clang", "hosted"}));
  EXPECT_EQ(options->mirrors, (std::vector<std::string>{"http://mirror.example/debian"}));
  EXPECT_EQ(options->mirror_list, "mirrors.txt");
  EXPECT_EQ(options->repository_cache, "/cache");
  EXPECT_EQ(options->bazel, "bazel-7");
  EXPECT_EQ(options->tools, "external/tools");
}

TEST(FillOptionsTest, HasItsOwnLockWithoutAnother) {
  EXPECT_EQ(
      parse_fill_options({"--own_lock=own.json", "--own_lock=older.json", "/d"}, "/home/me")->locks,
      (std::vector<std::string>{"own.json", "older.json"}));
  EXPECT_EQ(parse_fill_options({"--own_lock=own.json", "/d"}, "/home/me")->folder, "/d");
}

TEST(FillOptionsTest, SaysWhatIsWrong) {
  EXPECT_TRUE(error_of({}).starts_with("name the folder to fill. Use: bazel run")) << error_of({});
  EXPECT_EQ(error_of({"a", "b"}), "name one folder, not /home/me/a and b");
  EXPECT_TRUE(error_of({"--set=", "a"}).starts_with("\"--set=\" is no option. Use:"))
      << error_of({"--set=", "a"});
  EXPECT_TRUE(error_of({"--all", "a"}).starts_with("\"--all\" is no option. Use:"))
      << error_of({"--all", "a"});
}

}  // namespace
}  // namespace kmod::distdir
