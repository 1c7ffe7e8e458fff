// SPDX-License-Identifier: MIT OR GPL-2.0-only
[[gnu::section(".init.text"), gnu::noinline]] int Fill(int value);
int Later(int value);

int Fill(int value) { return value * 3; }

int Later(int value) { return Fill(value) + 1; }
