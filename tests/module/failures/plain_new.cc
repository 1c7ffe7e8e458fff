// SPDX-License-Identifier: MIT OR GPL-2.0-only
int* Make();

int* Make() { return new int(1); }
