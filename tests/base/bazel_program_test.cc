// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/bazel_program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::base {
namespace {

// A directory with scripts, the only one in PATH.
class BazelProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(directory_);
    ASSERT_TRUE(make_directories(directory_));
    ASSERT_EQ(setenv("PATH", directory_.c_str(), 1), 0);
    ASSERT_EQ(unsetenv("BAZEL"), 0);
  }

  std::string script(const std::string& name, const std::string& text) {
    const std::string path = directory_ + "/" + name;
    EXPECT_TRUE(write_file(path, "#!/bin/sh\n" + text));
    EXPECT_EQ(chmod(path.c_str(), 0755), 0);
    return path;
  }

  std::string directory_ = std::filesystem::path(testing::TempDir()) / "bazel_program_test";
};

TEST_F(BazelProgramTest, PrefersTheNamedProgram) {
  EXPECT_EQ(find_bazel("").error(),
            "PATH has no program bazel. Name a Bazel with --bazel=PROGRAM or in $BAZEL.");
  const std::string bazel = script("bazel", "");
  EXPECT_EQ(find_bazel(""), bazel);
  const std::string bazelisk = script("bazelisk", "");
  EXPECT_EQ(find_bazel(""), bazelisk);
  ASSERT_EQ(setenv("BAZEL", "bazel", 1), 0);
  EXPECT_EQ(find_bazel(""), bazel);
  EXPECT_EQ(find_bazel("/opt/bazel"), "/opt/bazel");
}

TEST_F(BazelProgramTest, ReadsTheAnswersOfInfo) {
  const std::string bazel =
      script("bazel", "echo noise >&2; echo 'output_path: /a b/bazel-out'; echo \"words: $*\"\n");
  const auto info = bazel_info(bazel, directory_, {"-c", "opt"}, {"output_path", "words"});
  ASSERT_TRUE(info) << info.error();
  EXPECT_EQ(info->at("output_path"), "/a b/bazel-out");
  EXPECT_EQ(info->at("words"), "info -c opt output_path words");
}

TEST_F(BazelProgramTest, NamesAMissingAnswerOfInfo) {
  const std::string bazel = script("bazel", "echo 'output_path: /a'\n");
  EXPECT_EQ(bazel_info(bazel, directory_, {}, {"output_path", "repository_cache"}).error(),
            bazel + " info in " + directory_ + " does not print repository_cache");
}

}  // namespace
}  // namespace kmod::base
