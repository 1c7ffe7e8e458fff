// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_COLLECTED_WIDE_H_
#define TESTS_MODULE_COLLECTED_WIDE_H_

namespace wide {

unsigned half(unsigned value);

// Calls a function of libgcc.
unsigned __int128 quotient(unsigned __int128 value, unsigned __int128 by);

}  // namespace wide

#endif  // TESTS_MODULE_COLLECTED_WIDE_H_
