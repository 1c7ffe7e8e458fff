// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A program for the guest.

#include <cstdio>

int main() {
  std::puts("hello from the guest");
  return 5;
}
