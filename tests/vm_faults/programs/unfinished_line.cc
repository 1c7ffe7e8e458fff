// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes a line without its end to the console and to its output, then crashes the kernel through
// /dev/device_fault.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

int main() {
  constexpr std::string_view kText = "progress 50%";
  const int console = open("/dev/console", O_WRONLY | O_NOCTTY);
  if (write(console, kText.data(), kText.size()) != static_cast<ssize_t>(kText.size())) return 1;
  fsync(console);
  std::fputs("half a line", stdout);
  std::fflush(stdout);
  // Init has to see the output before the kernel is gone.
  usleep(300'000);
  char byte = 0;
  return read(open("/dev/device_fault", O_RDONLY), &byte, 1) < 0 ? 1 : 0;
}
