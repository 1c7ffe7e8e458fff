// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Opens a file in the VM, which the module's probe counts.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

int main() {
  const int file = open("/dev/null", O_RDONLY);
  if (file < 0) {
    std::perror("/dev/null");
    return 1;
  }
  return close(file);
}
