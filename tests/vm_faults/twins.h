/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_VM_FAULTS_TWINS_H_
#define TESTS_VM_FAULTS_TWINS_H_

/* Warns about an odd value. */
void other_check(int value);

#endif /* TESTS_VM_FAULTS_TWINS_H_ */
