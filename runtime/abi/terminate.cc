// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Where libstdc++'s __throw_…() functions go when it is freestanding: array::at() and
// string_view::substr() out of range, for example.

#include <exception>

#include "runtime/shim/bug.h"

void std::terminate() noexcept {
  kmod_bug("std::terminate() was called: an index or argument was out of range");
}
