// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/fill_options.h"

#include <gtest/gtest.h>

namespace kmod::distdir {
namespace {

base::Result<FillOptions> parse(const std::vector<std::string>& arguments) {
  FillOptions options;
  const base::Flags flags = fill_flags(options, "/home/me");
  KMOD_TRY(flags.parse(arguments));
  return options;
}

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse(arguments);
  return options ? "parsed" : options.error();
}

TEST(FillOptionsTest, ReadsAllOptions) {
  const auto options =
      parse({"--tools=external/tools", "--mirror-list=mirrors.txt", "--own-lock=own.json",
             "--own-lock=older.json", "--check", "--set=clang", "--set=hosted",
             "--mirror=http://mirror.example/debian/", "--lock=my.json",
             "--repository-cache=/cache", "--bazel=bazel-7", "dist"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_TRUE(options->check);
  EXPECT_EQ(options->directory, "/home/me/dist");
  EXPECT_EQ(options->locks, std::vector<std::string>{"/home/me/my.json"});
  EXPECT_EQ(options->own_locks, (std::vector<std::string>{"own.json", "older.json"}));
  EXPECT_EQ(options->sets, (std::vector<std::string>{"clang", "hosted"}));
  EXPECT_EQ(options->mirrors, (std::vector<std::string>{"http://mirror.example/debian"}));
  EXPECT_EQ(options->mirror_list, "mirrors.txt");
  EXPECT_EQ(options->repository_cache, "/cache");
  EXPECT_EQ(options->bazel, "bazel-7");
  EXPECT_EQ(options->tools, "external/tools");
}

TEST(FillOptionsTest, TakesAnAbsolutePathAsItIs) {
  EXPECT_EQ(parse({"/d"})->directory, "/d");
  EXPECT_TRUE(parse({"/d"})->locks.empty());
}

TEST(FillOptionsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error_of({}), "DIR is missing: the directory to fill");
  EXPECT_EQ(error_of({"a", "b"}), "b is a second DIR");
  EXPECT_EQ(error_of({"--set=", "a"}), "--set= has an empty value");
  EXPECT_EQ(error_of({"--mirror=/", "a"}), "--mirror=/ has an empty value");
  EXPECT_EQ(error_of({"--all", "a"}), "--all is unknown. --help lists the flags.");
}

}  // namespace
}  // namespace kmod::distdir
