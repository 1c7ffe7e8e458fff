// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes to /dev/kmsg what a failing kernel prints. The kernel takes the facility 0 of such a
// record as 1, whatever the number before it says.

#include "tests/vm_harmless/programs/kernel_words.h"

int main() { return write_kernel_words("/dev/kmsg", "<4>"); }
