// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// libstdc++'s headers that need an operating system include this. The headers of this folder that
// serve a kernel define KMOD_DECLARATIONS_SUFFICE. It can be included again.
#include <bits/c++config.h>

#ifndef KMOD_DECLARATIONS_SUFFICE
#error "This header of the standard library is not in a kernel: see docs/standard_library.md."
#endif
