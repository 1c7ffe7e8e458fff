// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_GOING_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_GOING_H_

#include <linux/module.h>

// Reports what the kernel would still call in the module, whose exit or failed init has returned,
// and makes the kernel let go of it, because the memory is freed next. Waits for at most 5 s for
// what runs.
//
// Context: may sleep. Called by a notifier on the chain of modules.
void watch_module_goes(const struct module *module);

// Reports a module whose init or exit left interrupts disabled, and enables them. Context: as the
// module left it.
void watch_processor_state(const struct module *module);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_GOING_H_
