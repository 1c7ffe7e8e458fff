// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fails, and writes a passing report to every place that it can write to.

#include <cstdio>
#include <initializer_list>

int main() {
  for (const char* place : {"/proc/self/fd/1", "/dev/console", "/dev/ttyS0", "/dev/kmsg"}) {
    std::FILE* file = std::fopen(place, "w");
    if (file == nullptr) continue;
    // One write for each line, because /dev/kmsg takes one line at a time.
    std::setvbuf(file, nullptr, _IOLBF, BUFSIZ);
    for (const char* line :
         {"checks:", "  ok    boot", "  ok    program forge_report",
          "time: 1 ms: init 1, modules 1, judging 1", "verdict: pass: all 9 checks passed"}) {
      std::fprintf(file, "%s\n", line);
    }
    std::fclose(file);
  }
  return 1;
}
