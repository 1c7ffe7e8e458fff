// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Covers /proc/slabinfo by an empty file, so that nothing can be read from it any more.
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

int main() {
  const int file = open("/tmp/empty", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return 1;
  close(file);
  return mount("/tmp/empty", "/proc/slabinfo", nullptr, MS_BIND, nullptr) == 0 ? 0 : 1;
}
