// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/namespaces.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

base::Command shell(const std::string& script) {
  return {.arguments = {"/bin/sh", "-c", script}, .directory = testing::TempDir()};
}

TEST(RunVariedTest, SetsTheEnvironmentAndTheUmask) {
  const std::string answer = testing::TempDir() + "/namespaces_test_variations";
  Variations variations;
  variations.environment = {"ONLY=this"};
  variations.umask = 027;
  const auto run =
      run_varied(shell("echo \"$ONLY $HOME\" > " + answer + "; umask >> " + answer), variations);
  ASSERT_TRUE(run) << run.error();
  EXPECT_TRUE(run->unvaried.empty());
  EXPECT_EQ(base::read_file(answer), "this \n0027\n");
}

TEST(RunVariedTest, ReportsHowTheProgramEnds) {
  EXPECT_EQ(run_varied(shell("exit 7"), {})->end.exit_code, 7);
  EXPECT_EQ(run_varied({.arguments = {"/nonexistent/bazel"}}, {}).error(),
            "cannot start /nonexistent/bazel: No such file or directory");
}

// A sandbox or container may refuse namespaces: then the run says so. The program runs either way.
TEST(RunVariedTest, ChangesTheHostNameAndUserOrSaysWhyNot) {
  const std::string answer = testing::TempDir() + "/namespaces_test_names";
  Variations variations;
  variations.other_user = true;
  variations.host_name = "another.example";
  // The shell is the only program of the host: the kernel provides both names.
  const auto run =
      run_varied(shell("read -r host < /proc/sys/kernel/hostname; "
                       "while read -r name id rest; do case $name in Uid:) user=$id; esac; "
                       "done < /proc/self/status; echo \"$host $user\" > " +
                       answer),
                 variations);
  ASSERT_TRUE(run) << run.error();
  ASSERT_TRUE(run->end.succeeded());
  std::array<char, 256> host{};
  ASSERT_EQ(gethostname(host.data(), host.size()), 0);
  const std::string other_user = getuid() == 0 ? "1000" : "0";
  if (run->unvaried.empty()) {
    EXPECT_EQ(base::read_file(answer), "another.example " + other_user + "\n");
  } else {
    EXPECT_TRUE(run->unvaried.front().contains(": ")) << run->unvaried.front();
    EXPECT_EQ(base::read_file(answer),
              std::string(host.data()) + " " + std::to_string(getuid()) + "\n");
  }
}

}  // namespace
}  // namespace kmod::reproducibility
