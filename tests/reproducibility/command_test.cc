// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

Command shell(const std::string& script) { return {{"/bin/sh", "-c", script}, testing::TempDir()}; }

TEST(CommandTest, KeepsStandardOutputAndTheStatus) {
  const auto result = run_and_read(shell("echo out; exit 7"));
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output, "out\n");
  EXPECT_EQ(result->status, 7);
  EXPECT_EQ(run(shell("kill -9 $$"))->status, 128 + 9);
}

TEST(CommandTest, SaysWhatCannotBeStarted) {
  EXPECT_EQ(run({{"/nonexistent/bazel"}, "/"}).error(),
            "cannot run /nonexistent/bazel: No such file or directory");
  EXPECT_EQ(run({{"/bin/sh"}, "/nonexistent"}).error(),
            "cannot run /nonexistent: No such file or directory");
}

TEST(CommandTest, FindsProgramsOnThePath) {
  ASSERT_EQ(setenv("PATH", ("/nonexistent:" + testing::TempDir()).c_str(), 1), 0);
  EXPECT_EQ(find_program("./bazel"), "./bazel");
  EXPECT_EQ(find_program("command_test_bazel").error(),
            "there is no command_test_bazel on the PATH");
  const std::string program = testing::TempDir() + "/command_test_bazel";
  ASSERT_TRUE(base::write_file(program, "#!/bin/sh\n"));
  ASSERT_EQ(chmod(program.c_str(), 0755), 0);
  EXPECT_EQ(find_program("command_test_bazel"), testing::TempDir() + "/command_test_bazel");
}

TEST(CommandTest, GivesVariations) {
  const std::string answer = testing::TempDir() + "/command_test_variations";
  Variations variations;
  variations.environment = {"ONLY=this"};
  variations.umask = 027;
  const auto result =
      run(shell("echo \"$ONLY $HOME\" > " + answer + "; umask >> " + answer), &variations);
  ASSERT_TRUE(result) << result.error();
  EXPECT_TRUE(result->unvaried.empty());
  EXPECT_EQ(base::read_file(answer), "this \n0027\n");
}

// Where a sandbox or a container refuses namespaces, that is said; either way the program runs.
TEST(CommandTest, GivesAnotherHostNameAndUserOrSaysWhyNot) {
  const std::string answer = testing::TempDir() + "/command_test_names";
  Variations variations;
  variations.other_user = true;
  variations.host_name = "another.example";
  // No program of the host but the shell: the kernel says both.
  const auto result =
      run(shell("read -r host < /proc/sys/kernel/hostname; "
                "while read -r name id rest; do case $name in Uid:) user=$id; esac; "
                "done < /proc/self/status; echo \"$host $user\" > " +
                answer),
          &variations);
  ASSERT_TRUE(result) << result.error();
  ASSERT_EQ(result->status, 0);
  std::array<char, 256> host{};
  ASSERT_EQ(gethostname(host.data(), host.size()), 0);
  const std::string other_user = getuid() == 0 ? "1000" : "0";
  if (result->unvaried.empty()) {
    EXPECT_EQ(base::read_file(answer), "another.example " + other_user + "\n");
  } else {
    EXPECT_TRUE(result->unvaried.front().contains(": ")) << result->unvaried.front();
    EXPECT_EQ(base::read_file(answer),
              std::string(host.data()) + " " + std::to_string(getuid()) + "\n");
  }
}

}  // namespace
}  // namespace kmod::reproducibility
