// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/check_options.h"

#include <gtest/gtest.h>

namespace kmod::reproducibility {
namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse_check_options(arguments);
  return options ? "parsed" : options.error();
}

TEST(CheckOptionsTest, TellsTargetsFromOptions) {
  const auto options =
      parse_check_options({"--fake_clock=lib.so", "--locales=lib/locales", "//hello:hello_ko",
                           "--jobs=8", "--spawn_strategy=sandboxed", "--keep=home", "--keep=clock",
                           "--build_option=--config=ci", "--build_option=-c", "--build_option=opt",
                           "-//tests/...", "--scratch=/tmp/x", "--explain=0", "--bazel=bazel-7"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->targets, (std::vector<std::string>{"//hello:hello_ko", "-//tests/..."}));
  EXPECT_EQ(options->build_options, (std::vector<std::string>{"--config=ci", "-c", "opt"}));
  EXPECT_EQ(options->keep, (std::set<std::string>{"clock", "home"}));
  EXPECT_EQ(options->fake_clock, "lib.so");
  EXPECT_EQ(options->locales, "lib/locales");
  EXPECT_EQ(options->jobs, "8");
  EXPECT_EQ(options->spawn_strategy, "sandboxed");
  EXPECT_EQ(options->scratch, "/tmp/x");
  EXPECT_EQ(options->explain, 0u);
  EXPECT_EQ(options->bazel, "bazel-7");
}

TEST(CheckOptionsTest, VariesAllByDefault) {
  const auto options = parse_check_options({"//..."});
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->keep.empty());
  EXPECT_EQ(options->jobs, "1");
  EXPECT_EQ(options->spawn_strategy, "local");
}

TEST(CheckOptionsTest, SaysWhatIsWrong) {
  EXPECT_TRUE(error_of({}).starts_with("name the targets to check")) << error_of({});
  EXPECT_EQ(error_of({"//x", "--jobs=0"}), "--jobs=0: give a number from 1 on");
  EXPECT_EQ(error_of({"//x", "--jobs=many"}), "--jobs=many: give a number from 1 on");
  EXPECT_EQ(error_of({"//x", "--explain=-1"}), "--explain=-1: give a number from 0 on");
  EXPECT_EQ(error_of({"//x", "--keep=weather"}),
            "--keep=weather: there is no such variation. There are: clock, environment, home, "
            "host_name, locale, time_zone, umask, user");
  EXPECT_TRUE(error_of({"//x", "--config=ci"}).ends_with("--build_option=--config=…"))
      << error_of({"//x", "--config=ci"});
  EXPECT_EQ(error_of({"//x", "--verbose"}),
            "the argument \"--verbose\" is not of the form --name=value");
}

}  // namespace
}  // namespace kmod::reproducibility
