// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/check_options.h"

#include <gtest/gtest.h>

namespace kmod::reproducibility {
namespace {

base::Result<CheckOptions> parse(const std::vector<std::string>& arguments) {
  CheckOptions options;
  const base::Flags flags = check_flags(options);
  KMOD_TRY(flags.parse(arguments));
  return options;
}

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse(arguments);
  return options ? "parsed" : options.error();
}

TEST(CheckOptionsTest, SeparatesTargetsFromOptions) {
  const auto options =
      parse({"--fake-clock=lib.so", "--locales=lib/locales", "//hello:hello_ko", "--jobs=8",
             "--spawn-strategy=sandboxed", "--keep=home", "--keep=clock",
             "--build-option=--config=ci", "--build-option=-c", "--build-option=opt",
             "-//tests/...", "--scratch=/tmp/x", "--explain=0", "--bazel=bazel-7"});
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->targets, (std::vector<std::string>{"//hello:hello_ko", "-//tests/..."}));
  EXPECT_EQ(options->build_options, (std::vector<std::string>{"--config=ci", "-c", "opt"}));
  EXPECT_EQ(options->keep, (std::set<std::string>{"clock", "home"}));
  EXPECT_EQ(options->fake_clock, "lib.so");
  EXPECT_EQ(options->locales, "lib/locales");
  EXPECT_EQ(options->jobs, 8u);
  EXPECT_EQ(options->spawn_strategy, "sandboxed");
  EXPECT_EQ(options->scratch, "/tmp/x");
  EXPECT_EQ(options->explain, 0u);
  EXPECT_EQ(options->bazel, "bazel-7");
}

TEST(CheckOptionsTest, VariesEverythingByDefault) {
  const auto options = parse({"//..."});
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->keep.empty());
  EXPECT_EQ(options->jobs, 1u);
  EXPECT_EQ(options->spawn_strategy, "local");
}

TEST(CheckOptionsTest, SaysWhatIsWrong) {
  EXPECT_TRUE(error_of({}).starts_with("TARGET is missing: the targets to build")) << error_of({});
  EXPECT_TRUE(error_of({"//x", "--jobs=0"}).starts_with("--jobs=0 has to be a number from 1 to "))
      << error_of({"//x", "--jobs=0"});
  EXPECT_TRUE(
      error_of({"//x", "--jobs=many"}).starts_with("--jobs=many has to be a number from 1"));
  EXPECT_TRUE(
      error_of({"//x", "--explain=-1"}).starts_with("--explain=-1 has to be a number from 0"));
  EXPECT_EQ(error_of({"//x", "--keep=weather"}),
            "--keep=weather has to be one of clock, environment, home, host_name, locale, "
            "time_zone, umask, user");
  EXPECT_EQ(error_of({"//x", "--config=ci"}),
            "--config is unknown. --help lists the flags. Pass an option of Bazel as "
            "--build-option=--NAME=VALUE.");
}

}  // namespace
}  // namespace kmod::reproducibility
