// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// operator_delete.cc and operator_delete_array.cc for types whose alignment exceeds the one that
// kmalloc() guarantees; kfree() does not need to know the alignment.

#include <cstddef>
#include <new>

#include "runtime/shim/alloc.h"

void operator delete(void* memory, std::align_val_t) noexcept { kfree(memory); }

void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { kfree(memory); }

void operator delete[](void* memory, std::align_val_t) noexcept { kfree(memory); }

void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { kfree(memory); }
