// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fills the slots of pure virtual functions.

#include "runtime/shim/bug.h"

extern "C" [[noreturn]] void __cxa_pure_virtual() {
  kmod_bug("a pure virtual function was called, from a constructor or destructor of its class");
}
