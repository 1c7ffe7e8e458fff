// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/kernel.h>

#include "twins.h"

static __attribute__((__noipa__)) void check(int value) {
  WARN(value % 2, "odd value %d\n", value);  // warns
}

void other_check(int value) {
  check(value);  // calls what warns
  barrier();     // else the call is a jump
}
