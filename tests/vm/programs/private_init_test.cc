// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Guest program: checks that it cannot read init's memory, which holds the nonce of the run, as a
// debugger would. It can read the memory of its own child in these ways.

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace {

bool can_open_memory(pid_t process) {
  const std::string path = "/proc/" + std::to_string(process) + "/mem";
  const int memory = open(path.c_str(), O_RDONLY);
  if (memory >= 0) close(memory);
  return memory >= 0;
}

bool can_attach(pid_t process) { return ptrace(PTRACE_SEIZE, process, nullptr, nullptr) == 0; }

}  // namespace

int main() {
  constexpr pid_t kInit = 1;
  if (can_open_memory(kInit) || can_attach(kInit)) {
    std::puts("init's memory can be read");
    return 1;
  }
  const pid_t child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  const bool open_to_us = can_open_memory(child) && can_attach(child);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  if (!open_to_us) std::puts("not even a child of its own can be read and traced");
  return open_to_us ? 0 : 1;
}
