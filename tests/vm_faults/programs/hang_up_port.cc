// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Hangs up the serial port over which init speaks to the host.

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

int main() {
  const int port = open("/dev/ttyS1", O_RDWR | O_NOCTTY);
  if (ioctl(port, TIOCSCTTY, 1) == 0 && vhangup() == 0) return 0;
  std::perror("/dev/ttyS1");
  return 1;
}
