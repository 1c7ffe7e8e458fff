// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Where the standard library goes when there are no exceptions: expected::value() of an error,
// optional::value() of nothing, variant's std::get of the wrong alternative.

#include "runtime/shim/bug.h"

extern "C" [[noreturn]] void abort() {
  kmod_bug("abort() was called: a checked access of the standard library found nothing to return");
}
