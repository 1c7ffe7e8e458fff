// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/two_builds.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

// Runs a script instead of Bazel; tests/integration/reproducible_test.sh runs real builds.
class TwoBuildsTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(directory_);
    ASSERT_TRUE(base::make_directories(directory_ / "workspace"));
    ASSERT_TRUE(base::write_file(directory_ / "workspace/WORKSPACE", ""));
    options_.targets = {"//my:module_ko"};
    options_.build_options = {"--config=ci"};
  }

  TwoBuilds with_bazel(const std::string& text) {
    EXPECT_TRUE(base::write_file(directory_ / "bazel", "#!/bin/sh\n" + text));
    EXPECT_EQ(chmod((directory_ / "bazel").c_str(), 0755), 0);
    return {options_, directory_ / "bazel", directory_ / "workspace"};
  }

  [[nodiscard]] base::Result<SecondBuild> second(const TwoBuilds& builds, bool latin1) const {
    return builds.second({"/first/bazel-out", "/cache"}, directory_ / "scratch",
                         {.latin1 = latin1});
  }

  CheckOptions options_;
  fs::path directory_ = fs::path(testing::TempDir()) / "two_builds_test";
};

// Writes its arguments to a file and creates an output tree.
constexpr const char* kBuilds = R"(
for word; do
  case $word in --output_base=*) /bin/mkdir -p "${word#*=}/execroot/name/bazel-out"; esac
  echo "$word"
done > words
)";

TEST_F(TwoBuildsTest, AsksForTheOutputsOfTheFirstBuild) {
  const auto first =
      with_bazel("echo \"output_path: $PWD/$1\"; echo 'repository_cache: /cache'\n").first();
  ASSERT_TRUE(first) << first.error();
  EXPECT_EQ(first->outputs, directory_ / "workspace/info");
  EXPECT_EQ(first->repository_cache, "/cache");
}

TEST_F(TwoBuildsTest, SaysThatTheFirstBuildFailed) {
  const auto first = with_bazel("exit 3\n").first();
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error(), "the first build failed: " + (directory_ / "bazel").string() + " in " +
                               (directory_ / "workspace").string() + " exited with 3");
}

TEST_F(TwoBuildsTest, BuildsACopyWithoutAResultCache) {
  const auto built = second(with_bazel(kBuilds), true);
  ASSERT_TRUE(built) << built.error();
  const fs::path place = directory_ / "scratch/größerer-Pfad";
  EXPECT_EQ(built->outputs, place / "output_base/execroot/name/bazel-out");
  const fs::path copy = place / "than-that-of/the-first/workspace";
  EXPECT_TRUE(fs::exists(copy / "WORKSPACE"));
  const auto words = base::read_file(copy / "words");
  ASSERT_TRUE(words) << words.error();
  for (const char* word : {"--batch", "--config=ci", "--disk_cache=", "--remote_cache=",
                           "--remote_executor=", "--repository_cache=/cache", "--jobs=1",
                           "--spawn_strategy=local", "--nobuild_runfile_links", "//my:module_ko"}) {
    EXPECT_TRUE(words->contains(std::string(word) + "\n")) << word;
  }
}

TEST_F(TwoBuildsTest, UsesAnAsciiPathIfTheLocaleIsKept) {
  const auto built = second(with_bazel(kBuilds), false);
  ASSERT_TRUE(built) << built.error();
  EXPECT_EQ(built->outputs, directory_ / "scratch/longer-path/output_base/execroot/name/bazel-out");
}

TEST_F(TwoBuildsTest, SaysThatTheSecondBuildFailed) {
  const auto built = second(with_bazel("exit 1\n"), true);
  ASSERT_FALSE(built);
  EXPECT_TRUE(built.error().starts_with(
      "the first build succeeded and the second failed: Bazel exited with 1. "))
      << built.error();
  EXPECT_TRUE(built.error().ends_with("--keep=NAME excludes one variation.")) << built.error();
}

TEST_F(TwoBuildsTest, SaysThatTheSecondBuildCreatedNothing) {
  const auto built = second(with_bazel("exit 0\n"), true);
  ASSERT_FALSE(built);
  EXPECT_TRUE(built.error().starts_with("the second build created no bazel-out in "))
      << built.error();
}

}  // namespace
}  // namespace kmod::reproducibility
