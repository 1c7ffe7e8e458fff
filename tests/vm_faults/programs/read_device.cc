// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads /dev/device_fault and succeeds if it returns the text of a working device.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

int main() {
  const int device = open("/dev/device_fault", O_RDONLY);
  if (device < 0) {
    std::perror("/dev/device_fault");
    return 1;
  }
  char text[16];
  const ssize_t size = read(device, text, sizeof(text));
  if (size < 0 || std::string_view(text, static_cast<std::size_t>(size)) != "sound\n") {
    std::puts("/dev/device_fault says something else");
    return 1;
  }
  std::puts("read what it should");
  return 0;
}
