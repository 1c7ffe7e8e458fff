// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/host/user_space.h"
// After those of the C library.
#include "tests/headers/host/kernel_space.inc"
