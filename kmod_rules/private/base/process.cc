// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace kmod::base {
namespace {

std::string read_to_end(int descriptor, pid_t process, const OutputWatcher& watcher) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof(buffer));
    if (count > 0) {
      text.append(buffer, static_cast<std::size_t>(count));
      if (watcher) watcher(process, text);
    }
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
  }
}

}  // namespace

std::string ProcessResult::describe() const {
  if (signal == 0) return "exited with " + std::to_string(exit_code);
  return "was killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
}

std::expected<ProcessResult, std::string> run_process(const std::vector<std::string>& arguments,
                                                      const std::vector<std::string>& environment,
                                                      const OutputWatcher& watcher) {
  const std::string cannot_start = "cannot start " + arguments[0] + ": ";
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return std::unexpected(cannot_start + strerror(errno));

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDERR_FILENO);
  // Descriptors that this process inherited would otherwise reach the program.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

  // A launcher may have left signals ignored or blocked; make and its children expect neither.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  pid_t child = 0;
  const int error = posix_spawn(&child, arguments[0].c_str(), &actions, &attributes,
                                c_strings(arguments).data(), c_strings(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(output[1]);
  if (error != 0) {
    close(output[0]);
    return std::unexpected(cannot_start + strerror(error));
  }

  ProcessResult result;
  result.output = read_to_end(output[0], child, watcher);
  close(output[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    result.signal = WTERMSIG(status);
  } else {
    result.exit_code = WEXITSTATUS(status);
  }
  return result;
}

}  // namespace kmod::base
