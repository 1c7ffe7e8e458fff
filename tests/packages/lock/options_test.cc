// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

base::Result<Options> parse(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--tools=t", "--mirror-list=m", "--default-sets=r/s.json",
                                        "--default-lock=r/l.json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Options options;
  const base::Flags flags = update_flags(options, "/w", "/w/d");
  KMOD_TRY(flags.parse(arguments));
  return options;
}

TEST(OptionsTest, FindsFilesOfTheWorkspaceAndOfTheUser) {
  auto options = parse({});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->sets, "/w/r/s.json");
  EXPECT_EQ(options->lock, "/w/r/l.json");
  EXPECT_EQ(options->archive.keyring, "");
  EXPECT_FALSE(options->check);
  EXPECT_FALSE(options->allow_older);

  options = parse({"--sets=my.json", "--lock=/x/l", "--keyring=k", "--check", "--allow-older",
                   "--accept-expired", "--mirror=http://a/", "--mirror=file:/b"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->sets, "/w/d/my.json");
  EXPECT_EQ(options->lock, "/x/l");
  EXPECT_EQ(options->archive.keyring, "/w/d/k");
  EXPECT_TRUE(options->check);
  EXPECT_TRUE(options->allow_older);
  EXPECT_TRUE(options->archive.accept_expired);
  EXPECT_EQ(options->archive.mirrors, (std::vector<std::string>{"http://a", "file:/b"}));
}

TEST(OptionsTest, NamesTheArgumentThatIsWrong) {
  EXPECT_EQ(parse({"--chek"}).error(),
            "--chek is unknown. Did you mean --check? --help lists the flags.");
  EXPECT_EQ(parse({"--sets="}).error(), "--sets= has an empty value");
  EXPECT_EQ(parse({"sets"}).error(), "sets is not a flag: each begins with --");
  EXPECT_TRUE(parse({"--check=1"}).error().starts_with("--check=1 has a value"));
}

}  // namespace
}  // namespace kmod::lock
