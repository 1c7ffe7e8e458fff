// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_LET_GO_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_LET_GO_H_

#include "record.h"

// Whether the kernel still has the object: nothing tells when a tasklet or irq_work has run, or
// whether a registration was refused, so the object is asked. A file system is then unregistered.
// Context: may sleep.
bool watch_is_left(const struct watch_record *record);

// Makes the kernel let go of the object, and waits until its function does not run, at most until
// `deadline` in jiffies. The record may stay. Context: as watch_module_goes().
void watch_let_go(const struct watch_record *record, unsigned long deadline);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_LET_GO_H_
