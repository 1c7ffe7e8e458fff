// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Classes with a virtual destructor refer to these where the compiler emits a destructor for arrays
// of them.

#include <cstddef>
#include <new>

#include "runtime/shim/alloc.h"

void operator delete[](void* memory) noexcept { kfree(memory); }

void operator delete[](void* memory, std::size_t) noexcept { kfree(memory); }
