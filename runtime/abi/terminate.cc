// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Freestanding libstdc++ calls this from its __throw_…() functions, for example when array::at() or
// string_view::substr() is out of range.

#include <exception>

#include "runtime/shim/bug.h"

void std::terminate() noexcept {
  kmod_bug("std::terminate() was called: an index or argument was out of range");
}
