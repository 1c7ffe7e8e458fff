// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The code of a vendor, compiled without kbuild.
int vendor_scale(int value);

int vendor_scale(int value) { return 3 * value + 1; }
