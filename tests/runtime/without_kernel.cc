// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A program on the host that allocates as a module does.
#include "kmod/alloc.h"

int main() { return kmod::make_unique<int>(kmod::Gfp::kernel, 1) ? 0 : 1; }
