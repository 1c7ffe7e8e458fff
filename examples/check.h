// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// For programs that use a module in a VM.
#ifndef EXAMPLES_CHECK_H_
#define EXAMPLES_CHECK_H_

#include <cstdio>
#include <cstdlib>

namespace examples {

// Ends the program, which fails the test, unless a call did what it should. Prints `what` and
// errno.
inline void check(bool good, const char* what) {
  if (good) return;
  std::perror(what);
  std::exit(1);
}

}  // namespace examples

#endif  // EXAMPLES_CHECK_H_
