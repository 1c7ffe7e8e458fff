// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes to the console what a failing kernel prints, with the time stamp of another run.

#include "tests/vm_harmless/programs/kernel_words.h"

int main() {
  return write_kernel_words("/dev/console", "") +
         write_kernel_words("/dev/console", "[    2.000000] ");
}
