// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Unloads the module that it is to test.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

int main() {
  if (syscall(SYS_delete_module, "device_fault", O_NONBLOCK) == 0) return 0;
  std::perror("delete_module");
  return 1;
}
