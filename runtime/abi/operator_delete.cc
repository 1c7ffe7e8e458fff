// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What virtual destructors call to free their object; its memory came from kmod/alloc.h, thus from
// kmalloc().

#include <cstddef>
#include <new>

#include "runtime/shim/alloc.h"

void operator delete(void* memory) noexcept { kfree(memory); }

void operator delete(void* memory, std::size_t) noexcept { kfree(memory); }
