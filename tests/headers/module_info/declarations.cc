// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Nothing references this object.
#include "tests/headers/module_info/includes.h"

namespace {
// After the headers that it needs.
#include "tests/headers/module_info/declarations.inc"
}  // namespace
