// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Gives what a module has started the time to go wrong.

#include <unistd.h>

int main() {
  sleep(2);
  return 0;
}
