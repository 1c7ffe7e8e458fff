// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/command.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/reproducibility/namespaces.h"

namespace kmod::reproducibility {
namespace {

constexpr int kCannotStart = 127;

struct Pipe {
  int read = -1;
  int write = -1;
};

std::expected<Pipe, std::string> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return std::unexpected(std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  return Pipe{ends[0], ends[1]};
}

std::string read_to_end(int descriptor) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof(buffer));
    if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) break;
  }
  close(descriptor);
  return text;
}

// Says a line to the parent, through a pipe that exec() closes.
void say(int notes, const std::string& line) {
  const std::string text = line + "\n";
  // A parent that is gone needs no notes.
  if (write(notes, text.data(), text.size()) < 0) return;
}

constexpr const char* kFailed = "failed: ";

// The child's side of run(); does not return.
[[noreturn]] void start(const Command& command, const Variations* variations, int output,
                        int notes) {
  if (output >= 0) dup2(output, STDOUT_FILENO);
  if (chdir(command.directory.c_str()) != 0) {
    say(notes, kFailed + command.directory + ": " + std::strerror(errno));
    _exit(kCannotStart);
  }
  char** environment = environ;
  std::vector<char*> own;
  if (variations != nullptr) {
    for (const std::string& line : enter_namespaces(*variations)) say(notes, line);
    umask(variations->umask);
    own = base::c_strings(variations->environment);
    environment = own.data();
  }
  execve(command.arguments[0].c_str(), base::c_strings(command.arguments).data(), environment);
  say(notes, kFailed + command.arguments[0] + ": " + std::strerror(errno));
  _exit(kCannotStart);
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::expected<CommandResult, std::string> fork_and_wait(const Command& command,
                                                        const Variations* variations,
                                                        bool keep_output) {
  const auto notes = make_pipe();
  if (!notes) return std::unexpected(notes.error());
  Pipe output;
  if (keep_output) {
    const auto made = make_pipe();
    if (!made) return std::unexpected(made.error());
    output = *made;
  }
  // What this program has printed must come before what the other prints, and only once.
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) return std::unexpected(std::string("cannot fork: ") + std::strerror(errno));
  if (child == 0) start(command, variations, output.write, notes->write);
  close(notes->write);
  CommandResult result;
  const std::string said = read_to_end(notes->read);
  if (keep_output) {
    close(output.write);
    result.output = read_to_end(output.read);
  }
  result.status = wait_for(child);
  for (const std::string_view line : base::split_lines(said)) {
    if (line.starts_with(kFailed)) {
      return std::unexpected("cannot run " + std::string(line.substr(std::strlen(kFailed))));
    }
    result.unvaried.emplace_back(line);
  }
  return result;
}

}  // namespace

std::expected<CommandResult, std::string> run_and_read(const Command& command) {
  return fork_and_wait(command, nullptr, true);
}

std::expected<CommandResult, std::string> run(const Command& command,
                                              const Variations* variations) {
  return fork_and_wait(command, variations, false);
}

std::expected<std::string, std::string> find_program(const std::string& name) {
  if (name.contains('/')) return name;
  const char* const path = std::getenv("PATH");
  for (const std::string_view folder : base::split(path != nullptr ? path : "", ':')) {
    std::string candidate = std::string(folder) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::unexpected("there is no " + name + " on the PATH");
}

}  // namespace kmod::reproducibility
