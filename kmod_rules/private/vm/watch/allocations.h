// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Makes an allocation of the modules under test fail: those that are loaded after this one, and
// their own calls of the kernel's allocators.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_ALLOCATIONS_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_ALLOCATIONS_H_

#include <linux/module.h>
#include <linux/seq_file.h>

// The allocation with that number from now on fails, counted from 1; with 0, none does. Errors: the
// kernel cannot place the probes. Context: may sleep.
int watch_fail_allocation(unsigned long number);

// Shows how many allocations there were, and which failed, unless the number is 0. Context: may
// sleep.
void watch_show_allocations(struct seq_file *file);

// A module that comes is under test until it goes. Context: may sleep.
void watch_test_module(const struct module *module);
void watch_test_no_more(const struct module *module);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_ALLOCATIONS_H_
