// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_PROGRAMS_REVERSE_H_
#define TESTS_VM_PROGRAMS_REVERSE_H_

#ifdef __cplusplus
extern "C" {
#endif

// Reverses the characters in place.
void reverse(char *text, unsigned long length);

#ifdef __cplusplus
}
#endif

#endif  // TESTS_VM_PROGRAMS_REVERSE_H_
