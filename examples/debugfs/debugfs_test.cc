// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads and writes the module's files below /sys/kernel/debug in the VM.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "examples/check.h"

namespace {

using examples::check;

void expect(const char* path, const char* wanted) {
  std::FILE* file = std::fopen(path, "r");
  check(file != nullptr, path);
  char text[64] = {};
  check(std::fread(text, 1, sizeof(text) - 1, file) > 0, path);
  check(std::fclose(file) == 0, path);
  if (std::strcmp(text, wanted) == 0) return;
  std::printf("%s has \"%s\" instead of \"%s\"\n", path, text, wanted);
  std::exit(1);
}

}  // namespace

int main() {
  expect("/sys/kernel/debug/kmod_tree/level", "3\n");
  expect("/sys/kernel/debug/kmod_tree/report", "level 3 of 10\n");
  std::FILE* level = std::fopen("/sys/kernel/debug/kmod_tree/level", "w");
  check(level != nullptr, "open for writing");
  check(std::fputs("7", level) >= 0 && std::fclose(level) == 0, "write");
  expect("/sys/kernel/debug/kmod_tree/report", "level 7 of 10\n");
  return 0;
}
