// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Read(const int* place);

int Read(const int* place) { return *place; }
