// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"

namespace kmod::base {
namespace {

ProcessResult shell(const std::string& script, const std::vector<std::string>& environment = {}) {
  const auto result = run_process({"/bin/sh", "-c", script}, environment);
  EXPECT_TRUE(result) << result.error();
  return result.value_or(ProcessResult{{.exit_code = -1, .signal = 0}, ""});
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
  int error = 0;
  EXPECT_FALSE(Process::start({.arguments = {"/no/such/program"}}, &error));
  EXPECT_EQ(error, ENOENT);
}

TEST(ProcessTest, NamesADirectoryThatDoesNotExist) {
  const auto result = run_process(Command{.arguments = {"/bin/sh"}, .directory = "/nonexistent"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), "cannot start /bin/sh in /nonexistent: No such file or directory");
}

Command sh(const std::string& script) { return {.arguments = {"/bin/sh", "-c", script}}; }

TEST(ProcessTest, RunsInADirectory) {
  Command command = sh("pwd");
  command.directory = "/proc";
  EXPECT_EQ(run_process(command)->output, "/proc\n");
}

TEST(ProcessTest, CapturesStandardOutputOnly) {
  auto errors = make_pipe();
  ASSERT_TRUE(errors) << errors.error();
  Command command = sh("echo output; echo errors >&2");
  command.files[STDERR_FILENO] = errors->write.get();
  const auto result = run_process(command, Capture::kOutput);
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output, "output\n");
  errors->write.close();
  EXPECT_EQ(read_to_end(errors->read.get()), "errors\n");
}

TEST(ProcessTest, GivesFilesTheNumbersOfTheirPlaces) {
  auto first = make_pipe();
  auto second = make_pipe();
  ASSERT_TRUE(first && second);
  Command command = sh("echo one >&3; echo two >&4; [ -e /proc/$$/fd/5 ] || echo closed >&4");
  // Sources that are targets of each other.
  const int high = first->write.get();
  command.files = {kNullFile, kNullFile, kNullFile, second->write.get(), high};
  ASSERT_TRUE(run_process(command, Capture::kNothing)->succeeded());
  first->write.close();
  second->write.close();
  EXPECT_EQ(read_to_end(first->read.get()), "two\nclosed\n");
  EXPECT_EQ(read_to_end(second->read.get()), "one\n");
}

TEST(ProcessTest, PreparesTheNewProcess) {
  Command command = sh("umask");
  command.prepare = [] {
    umask(027);
    return 0;
  };
  EXPECT_EQ(run_process(command)->output, "0027\n");
  command.prepare = [] { return EPERM; };
  EXPECT_EQ(run_process(command).error(), "cannot start /bin/sh: Operation not permitted");
}

TEST(ProcessTest, StartsASession) {
  Command command =
      sh("read -r pid name state parent group session rest < /proc/$$/stat; "
         "[ $session = $$ ] && echo leader");
  command.new_session = true;
  EXPECT_EQ(run_process(command)->output, "leader\n");
  command.new_session = false;
  EXPECT_EQ(run_process(command)->output, "");
}

TEST(ProcessTest, PollsAndWaits) {
  auto input = make_pipe();
  ASSERT_TRUE(input) << input.error();
  Command command = sh("read -r line; exit 3");
  command.files[STDIN_FILENO] = input->read.get();
  auto process = Process::start(command);
  ASSERT_TRUE(process) << process.error();
  EXPECT_EQ(process->poll_end(), std::nullopt);
  input->read.close();
  input->write.close();
  if (process->descriptor() >= 0) {
    pollfd ended = {process->descriptor(), POLLIN, 0};
    EXPECT_EQ(poll(&ended, 1, 60'000), 1);
  }
  EXPECT_EQ(process->wait(), (ProcessEnd{.exit_code = 3, .signal = 0}));
  EXPECT_EQ(process->poll_end(), (ProcessEnd{.exit_code = 3, .signal = 0}));
  EXPECT_EQ(process->pid(), 0);
}

TEST(ProcessTest, KillsAProcessWithItsOwner) {
  pid_t pid = 0;
  {
    const auto process = Process::start(sh("exec sleep 1000"));
    ASSERT_TRUE(process) << process.error();
    pid = process->pid();
  }
  EXPECT_EQ(kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
  auto process = Process::start(sh("exec sleep 1000"));
  ASSERT_TRUE(process) << process.error();
  process->kill();
  EXPECT_EQ(process->wait().shell_status(), 128 + SIGKILL);
}

TEST(ProcessTest, DiesWithItsParent) {
  auto output = make_pipe();
  ASSERT_TRUE(output) << output.error();
  const pid_t parent = fork();
  if (parent == 0) {
    Command command = sh("exec sleep 1000");
    command.die_with_parent = true;
    command.files[STDOUT_FILENO] = output->write.get();
    auto process = Process::start(command);
    _exit(process ? 0 : 1);
  }
  output->write.close();
  int status = -1;
  ASSERT_EQ(waitpid(parent, &status, 0), parent);
  EXPECT_EQ(status, 0);
  // The pipe ends only when the program does.
  EXPECT_EQ(read_to_end(output->read.get()), "");
}

TEST(ProcessTest, ReleasesAProcess) {
  auto process = Process::start(sh("exit 4"));
  ASSERT_TRUE(process) << process.error();
  const pid_t pid = process->release();
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_EQ(WEXITSTATUS(status), 4);
}

TEST(ProcessTest, FindsProgramsOnThePath) {
  ASSERT_EQ(setenv("PATH", ("/nonexistent:" + testing::TempDir()).c_str(), 1), 0);
  EXPECT_EQ(find_program("./bazel"), "./bazel");
  EXPECT_EQ(find_program("process_test_bazel").error(), "PATH has no program process_test_bazel");
  const std::string program = testing::TempDir() + "/process_test_bazel";
  ASSERT_TRUE(write_file(program, "#!/bin/sh\n"));
  ASSERT_EQ(chmod(program.c_str(), 0755), 0);
  EXPECT_EQ(find_program("process_test_bazel"), testing::TempDir() + "/process_test_bazel");
}

}  // namespace
}  // namespace kmod::base
