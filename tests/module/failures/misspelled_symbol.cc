// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" void* __kmaloc(unsigned long size, unsigned int gfp);

void* Allocate();

void* Allocate() { return __kmaloc(16, 0); }
