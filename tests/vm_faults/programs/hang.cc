// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Never ends.

#include <unistd.h>

int main() {
  for (;;) pause();
}
