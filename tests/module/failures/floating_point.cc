// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Scale(int value);

int Scale(int value) { return static_cast<int>(static_cast<float>(value) * 1.5F); }
