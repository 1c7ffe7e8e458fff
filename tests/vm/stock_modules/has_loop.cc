// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Succeeds if loop and configfs are in the kernel.
#include <unistd.h>

#include <cstdio>
#include <initializer_list>

int main() {
  for (const char* path : {"/dev/loop-control", "/sys/kernel/config"}) {
    if (access(path, F_OK) == 0) continue;
    std::perror(path);
    return 1;
  }
}
