// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Compute();
int First();

int First() {
  static const int value = Compute();
  return value;
}
