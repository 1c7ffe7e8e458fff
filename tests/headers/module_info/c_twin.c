// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "includes.h"
// After the headers that it needs.
#include "declarations.inc"
