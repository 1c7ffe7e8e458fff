// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The standard library calls this where it would throw: expected::value() of an error,
// optional::value() of an empty optional, variant's std::get of the wrong alternative.

#include "runtime/shim/bug.h"

extern "C" [[noreturn]] void abort() {
  kmod_bug("abort() was called: a checked access of the standard library found nothing to return");
}
