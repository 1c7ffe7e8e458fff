// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Library();

int Library() { return 1; }
