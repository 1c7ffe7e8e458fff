// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_HARMLESS_PROGRAMS_KERNEL_WORDS_H_
#define TESTS_VM_HARMLESS_PROGRAMS_KERNEL_WORDS_H_

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <initializer_list>
#include <string>

// Writes lines in the kernel's own form to `file`, the way a test program quotes the log of an
// earlier run. Each is one write(), and `before` stands before it.
//
// Returns 0 if all were written and the program still runs when the kernel that it quotes would be
// gone.
inline int write_kernel_words(const char* file, const std::string& before) {
  const int fd = open(file, O_WRONLY | O_NOCTTY);
  if (fd < 0) return 1;
  for (const char* line : {
           "WARNING: CPU: 0 PID: 78 at drivers/a.c:5 a_init+0x11/0x1000 [a]",
           "BUG: kernel NULL pointer dereference, address: 0000000000000000",
           "Oops: 0002 [#1] PREEMPT SMP NOPTI",
           "watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [init:78]",
           "reboot: Power down",
           "Kernel panic - not syncing: Fatal exception",
       }) {
    const std::string text = before + line + "\n";
    if (write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) return 1;
  }
  sleep(3);
  std::puts("still here");
  return 0;
}

#endif  // TESTS_VM_HARMLESS_PROGRAMS_KERNEL_WORDS_H_
