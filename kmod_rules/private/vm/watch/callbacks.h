// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// RCU callbacks of modules. Nothing in a stock kernel tells when a callback runs, so each runs
// through a function of this module, which counts it.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_CALLBACKS_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_CALLBACKS_H_

#include <linux/module.h>
#include <linux/rcupdate.h>

// Counts a callback that the kernel is about to take. Returns the function to pass to the kernel in
// its place. Context: any but NMI.
rcu_callback_t watch_count_callback(rcu_callback_t function);

// Finds a function of the module that has callbacks which have not returned; NULL if there is none.
rcu_callback_t watch_pending_callback(const struct module *module, unsigned long *count);

// How many callbacks could not be counted.
unsigned int watch_missed_callbacks(void);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_CALLBACKS_H_
