// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Virtual destructors call this to free their object, which kmod/alloc.h allocated with
// kmalloc().

#include <cstddef>
#include <new>

#include "runtime/shim/alloc.h"

void operator delete(void* memory) noexcept { kfree(memory); }

void operator delete(void* memory, std::size_t) noexcept { kfree(memory); }
