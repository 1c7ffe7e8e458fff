// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Declares nothing, and nothing calls it.
int declarations_unused(void);

int declarations_unused(void) { return 1; }
