// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What was found, in /proc/kmod_watch. A line each:
//
//   unplaced <why a part of the check did not happen>
//   checked <how many modules were looked at when they went>
//   left <how often> <a sentence>
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_REPORT_H_

#include <linux/module.h>

// Makes the file. Errors: -ENOMEM.
int watch_make_file(void);

// Notes that something is not checked: "the tracepoint timer_start: error -2".
void watch_report_unplaced(const char *what, const char *name, int error);

// Notes that a module was looked at.
void watch_report_checked(void);

// Notes what the module left: "echo left a timer that is pending: its function is echo_tick()".
// `what` is "a timer that is pending". `object` may be in no module. Context: may sleep.
void watch_report_left(const struct module *module, const char *what, const void *function,
                       const void *object);

// Notes a state in which the module left the processor: "echo left interrupts disabled". Context:
// may sleep.
void watch_report_state(const struct module *module, const char *what);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_REPORT_H_
