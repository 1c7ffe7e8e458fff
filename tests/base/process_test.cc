// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

namespace kmod::base {
namespace {

ProcessResult shell(const std::string& script, const std::vector<std::string>& environment = {}) {
  const auto result = run_process({"/bin/sh", "-c", script}, environment);
  EXPECT_TRUE(result) << result.error();
  return result.value_or(ProcessResult{.exit_code = -1, .signal = 0, .output = ""});
}

std::string environment_of_child(const std::vector<std::string>& environment) {
  // The kernel's own record, not what a shell adds to it.
  return shell("while IFS= read -r line; do echo \"$line\"; done < /proc/$$/environ", environment)
      .output;
}

TEST(ProcessTest, PassesTheGivenEnvironmentAndNothingElse) {
  ASSERT_EQ(setenv("KMOD_PROCESS_TEST", "inherited", 1), 0);
  EXPECT_EQ(shell("echo \"$KMOD_PROCESS_TEST$HOME$USER\"").output, "\n");
  EXPECT_EQ(shell("echo \"$A\"", {"A=b c"}).output, "b c\n");
  EXPECT_EQ(environment_of_child({}), "");
}

TEST(ProcessTest, ReportsExitCodesAndSignals) {
  EXPECT_TRUE(shell("exit 0").succeeded());
  const ProcessResult failed = shell("exit 7");
  EXPECT_FALSE(failed.succeeded());
  EXPECT_EQ(failed.describe(), "exited with 7");
  const ProcessResult killed = shell("kill -9 $$");
  EXPECT_FALSE(killed.succeeded());
  EXPECT_EQ(killed.signal, SIGKILL);
  EXPECT_EQ(killed.describe(), "was killed by signal 9 (Killed)");
}

TEST(ProcessTest, KeepsOutputAndErrorInOrder) {
  EXPECT_EQ(shell("echo one; echo two >&2; echo three").output, "one\ntwo\nthree\n");
  EXPECT_EQ(
      shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done").output.size(),
      20000u * 11);
}

TEST(ProcessTest, ShowsTheOutputAsItComes) {
  // The program ends only because it is killed as soon as it has said what is waited for.
  const auto result = run_process({"/bin/sh", "-c", "echo ready; exec sleep 1000"}, {},
                                  [](pid_t process, const std::string& output) {
                                    if (output.contains("ready")) kill(process, SIGTERM);
                                  });
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output, "ready\n");
  EXPECT_EQ(result->signal, SIGTERM);
}

TEST(ProcessTest, GivesAnEmptyInputAndNoOtherFile) {
  EXPECT_EQ(shell("read -r line || echo empty").output, "empty\n");
  const int descriptor = open("/dev/null", O_RDONLY);
  ASSERT_GE(descriptor, 0);
  const int high = dup2(descriptor, 9);
  ASSERT_EQ(high, 9);
  EXPECT_EQ(shell("if [ -e /proc/$$/fd/9 ]; then echo open; else echo closed; fi").output,
            "closed\n");
  close(descriptor);
  close(high);
}

TEST(ProcessTest, ResetsSignalsThatAreIgnored) {
  ASSERT_NE(std::signal(SIGPIPE, SIG_IGN), SIG_ERR);
  const ProcessResult result = shell("kill -PIPE $$; echo survived");
  EXPECT_EQ(result.signal, SIGPIPE);
  std::signal(SIGPIPE, SIG_DFL);
}

TEST(ProcessTest, NamesAProgramThatCannotBeStarted) {
  const auto result = run_process({"/no/such/program"}, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), "cannot start /no/such/program: No such file or directory");
}

}  // namespace
}  // namespace kmod::base
