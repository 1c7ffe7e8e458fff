// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes 100 MB to the console.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

int main() {
  const int console = open("/dev/console", O_WRONLY | O_NOCTTY);
  if (console < 0) {
    std::perror("/dev/console");
    return 1;
  }
  const std::string line(999, 'x');
  for (int i = 0; i < 100'000; ++i) {
    if (dprintf(console, "%s\n", line.c_str()) < 0) return 1;
  }
  return 0;
}
