// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/host/kernel_space.inc"
// After those of the kernel.
#include "tests/headers/host/user_space.h"
