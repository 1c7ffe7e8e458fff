// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/arguments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"

namespace kmod::base {
namespace {

using Arguments = std::vector<Argument>;

TEST(ArgumentsTest, KeepsOrderAndSplitsAtTheFirstEqualsSign) {
  const auto arguments = parse_arguments({"--b=1", "--a=x=y", "--empty="});
  ASSERT_TRUE(arguments) << arguments.error();
  EXPECT_EQ(*arguments, (Arguments{{"b", "1"}, {"a", "x=y"}, {"empty", ""}}));
}

TEST(ArgumentsTest, OpensParameterFiles) {
  const std::string path = testing::TempDir() + "/arguments_test.params";
  ASSERT_TRUE(write_file(path, "--one=1\n\n--two=with a space\n"));
  const auto arguments = parse_arguments({"--zero=0", "@" + path, "--three=3"});
  ASSERT_TRUE(arguments) << arguments.error();
  EXPECT_EQ(*arguments,
            (Arguments{{"zero", "0"}, {"one", "1"}, {"two", "with a space"}, {"three", "3"}}));
}

TEST(ArgumentsTest, NamesWhatItCannotTake) {
  EXPECT_EQ(parse_arguments({"name"}).error(),
            "the argument \"name\" is not of the form --name=value");
  EXPECT_EQ(parse_arguments({"--name"}).error(),
            "the argument \"--name\" is not of the form --name=value");
  EXPECT_EQ(parse_arguments({"--=x"}).error(),
            "the argument \"--=x\" is not of the form --name=value");
  EXPECT_EQ(parse_arguments({"@does/not/exist"}).error(),
            "parameter file: cannot open does/not/exist: No such file or directory");
  const std::string path = testing::TempDir() + "/arguments_test.bad";
  ASSERT_TRUE(write_file(path, "@other\n"));
  EXPECT_EQ(parse_arguments({"@" + path}).error(),
            path + ": the argument \"@other\" is not of the form --name=value");
}

TEST(ArgumentsTest, SplitsPairs) {
  const auto pair = split_pair({"source", "a.c=b.c=d"}, "<file>=<name>");
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->left, "a.c");
  EXPECT_EQ(pair->right, "b.c=d");
  for (const std::string value : {"a.c", "=b", "a="}) {
    EXPECT_EQ(split_pair({"source", value}, "<file>=<name>").error(),
              "--source=" + value + " is not of the form --source=<file>=<name>");
  }
}

}  // namespace
}  // namespace kmod::base
