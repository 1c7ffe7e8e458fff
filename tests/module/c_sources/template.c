// SPDX-License-Identifier: MIT OR GPL-2.0-only
static int from_template(void) { return 3; }
