// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Waits, so that what a module has started has time to fail.

#include <unistd.h>

int main() {
  sleep(2);
  return 0;
}
