// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A library for machine learning has numbers of 16 bits.
int Scaled(int value);

int Scaled(int value) { return static_cast<int>(static_cast<_Float16>(value) * 2); }
