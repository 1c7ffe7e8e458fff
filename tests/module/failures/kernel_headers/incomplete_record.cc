// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A header that only declares a structure.
#include <linux/export.h>

struct module;
const char* Name(module* owner) { return owner->name; }
