// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fills the slots of deleted virtual functions.

#include "runtime/shim/bug.h"

extern "C" [[noreturn]] void __cxa_deleted_virtual() {
  kmod_bug("a deleted virtual function was called");
}
