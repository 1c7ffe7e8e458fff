// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses /dev/echo in the VM as a program does.
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "examples/check.h"
#include "examples/misc_device/echo_ioctl.h"

namespace {

using examples::check;

short events(int device) {
  pollfd wanted = {.fd = device, .events = POLLIN | POLLOUT, .revents = 0};
  check(poll(&wanted, 1, 0) == 1, "poll");
  return wanted.revents;
}

int held(int device) {
  int size = -1;
  check(ioctl(device, ECHO_GET_SIZE, &size) == 0, "ECHO_GET_SIZE");
  return size;
}

}  // namespace

int main() {
  const int device = open("/dev/echo", O_RDWR);
  check(device >= 0, "open");
  check(events(device) == POLLOUT, "an empty device is not readable");
  check(write(device, "hello", 5) == 5, "write");
  check(events(device) == (POLLIN | POLLOUT), "a device with bytes is readable");
  check(held(device) == 5, "the device holds 5 bytes");

  char text[16] = {};
  check(lseek(device, 0, SEEK_SET) == 0, "lseek");
  check(read(device, text, sizeof(text)) == 5 && std::strcmp(text, "hello") == 0, "read");

  // The device's memory itself.
  void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
  check(memory != MAP_FAILED, "mmap");
  check(std::memcmp(memory, "hello", 5) == 0, "the mapped memory has what was written");
  std::memcpy(memory, "HELLO", 5);
  check(pread(device, text, sizeof(text), 0) == 5 && std::strcmp(text, "HELLO") == 0,
        "read after a change of the mapped memory");
  check(munmap(memory, 4096) == 0, "munmap");

  check(ioctl(device, ECHO_CLEAR) == 0, "ECHO_CLEAR");
  check(held(device) == 0, "the device holds nothing");
  check(ioctl(device, _IO('e', 99)) == -1 && errno == ENOTTY, "an unknown command");
  check(pwrite(device, "x", 1, 4096) == 0, "a write behind the end writes nothing");
  return 0;
}
