// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

const std::vector<std::string> kOfBuild = {
    "--tools=t", "--mirror-list=m", "--sets=workspace:r/s.json", "--lock=workspace:r/l.json"};

std::vector<std::string> with(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = kOfBuild;
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(OptionsTest, FindsFilesOfTheWorkspaceAndOfTheUser) {
  auto options = parse_options(kOfBuild, "/w", "/w/d");
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->sets, "/w/r/s.json");
  EXPECT_EQ(options->lock, "/w/r/l.json");
  EXPECT_EQ(options->keyring, "t/usr/share/keyrings/debian-archive-keyring.gpg");
  EXPECT_FALSE(options->check);
  EXPECT_FALSE(options->allow_older);

  options = parse_options(with({"--sets=my.json", "--lock=/x/l", "--keyring=k", "--check",
                                "--allow-older", "--mirror=http://a/", "--mirror=file:/b"}),
                          "/w", "/w/d");
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->sets, "/w/d/my.json");
  EXPECT_EQ(options->lock, "/x/l");
  EXPECT_EQ(options->keyring, "/w/d/k");
  EXPECT_TRUE(options->check);
  EXPECT_TRUE(options->allow_older);
  EXPECT_EQ(options->mirrors, (std::vector<std::string>{"http://a", "file:/b"}));
}

TEST(OptionsTest, NamesTheArgumentThatIsWrong) {
  for (const char* argument : {"--chek", "--sets=", "sets", "--check=1"}) {
    const auto options = parse_options(with({argument}), "/w", "/w");
    ASSERT_FALSE(options) << argument;
    EXPECT_EQ(
        options.error().find("\"" + std::string(argument) + "\" is no option. Use: bazel run"), 0U);
  }
  const auto options = parse_options({"--sets=a"}, "/w", "/w");
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().find("--lock is missing. Use: "), 0U);
}

}  // namespace
}  // namespace kmod::lock
