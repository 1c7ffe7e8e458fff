// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// expect_failure LOG [--output=FILE]... -- COMMAND ARG...
// Runs a command, writes its output into LOG, and succeeds only if the command exits with an error
// instead of being killed by a signal. Makes the folders of the command's outputs first, as Bazel
// does, and removes the outputs afterwards: without a sandbox they would stay, although they are
// not the outputs of an action.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

[[noreturn]] void Exec(const char* log, char** command) {
  const int file = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0) {
    std::perror(log);
    _exit(127);
  }
  execv(command[0], command);
  std::perror(command[0]);
  _exit(127);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kOutput = "--output=";
  std::vector<std::filesystem::path> outputs;
  int next = 2;
  for (; next < argc && std::string_view(argv[next]) != "--"; ++next) {
    std::string_view argument = argv[next];
    if (!argument.starts_with(kOutput)) {
      std::fprintf(stderr, "expect_failure: unknown argument %s\n", argv[next]);
      return 2;
    }
    std::error_code error;
    outputs.emplace_back(argument.substr(kOutput.size()));
    std::filesystem::create_directories(outputs.back().parent_path(), error);
    if (error) {
      std::fprintf(stderr, "expect_failure: %s: %s\n", argv[next], error.message().c_str());
      return 2;
    }
  }
  if (next + 1 >= argc) {
    std::fprintf(stderr, "usage: expect_failure LOG [--output=FILE]... -- COMMAND ARG...\n");
    return 2;
  }
  const pid_t child = fork();
  if (child < 0) {
    std::perror("expect_failure: fork");
    return 2;
  }
  if (child == 0) {
    Exec(argv[1], argv + next + 1);
  }
  int status = 0;
  if (waitpid(child, &status, 0) < 0) {
    std::perror("expect_failure: waitpid");
    return 2;
  }
  std::error_code ignored;
  for (const std::filesystem::path& output : outputs) std::filesystem::remove(output, ignored);
  if (!WIFEXITED(status)) {
    std::fprintf(stderr, "expect_failure: the command ended by signal %d (%s)\n", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    return 1;
  }
  if (WEXITSTATUS(status) == 0) {
    std::fprintf(stderr, "expect_failure: the command succeeded, and it should have failed\n");
    return 1;
  }
  if (WEXITSTATUS(status) == 127) {
    std::fprintf(stderr, "expect_failure: the command could not be started\n");
    return 1;
  }
  return 0;
}
