// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// operator_delete.cc and operator_delete_array.cc for types that are aligned beyond what kmalloc()
// promises; kfree() needs not know.

#include <cstddef>
#include <new>

#include "runtime/shim/alloc.h"

void operator delete(void* memory, std::align_val_t) noexcept { kfree(memory); }

void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { kfree(memory); }

void operator delete[](void* memory, std::align_val_t) noexcept { kfree(memory); }

void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { kfree(memory); }
