// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Element(const int* values, int index);

int Element(const int* values, int index) { return values[index]; }
