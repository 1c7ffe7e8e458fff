// SPDX-License-Identifier: MIT OR GPL-2.0-only
int included_value(void);

int included_value(void) { return 1; }
