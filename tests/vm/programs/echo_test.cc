// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Guest program: the device returns what is written to it, and refuses a text that is too long.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>

int main() {
  const int device = open("/dev/echo_device", O_RDWR);
  if (device < 0) {
    std::perror("/dev/echo_device");
    return 1;
  }
  constexpr std::string_view kText = "module";
  char answer[16] = {};
  if (pwrite(device, kText.data(), kText.size(), 0) != static_cast<ssize_t>(kText.size()) ||
      pread(device, answer, sizeof(answer), 0) != static_cast<ssize_t>(kText.size())) {
    std::perror("echo");
    return 1;
  }
  std::printf("the device says %s\n", answer);
  if (std::string_view(answer) != "eludom") return 1;
  const std::string much(65, 'x');
  if (pwrite(device, much.data(), much.size(), 0) != -1 || errno != EFBIG) {
    std::puts("the device took more than it can keep");
    return 1;
  }
  return 0;
}
