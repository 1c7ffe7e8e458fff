// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// States of CPU hotplug, by the list that the kernel has in
// /sys/devices/system/cpu/hotplug/states. It is read without a mounted sysfs, which programs of a
// test could cover. Context: may sleep.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_CPU_STATE_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_CPU_STATE_H_

#include <linux/types.h>

// Whether a state of that name exists. The memory of the name may have been freed.
bool watch_cpu_state_exists(const char *name);

// Removes the state of that name without a call of its functions.
void watch_remove_cpu_state(const char *name);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_CPU_STATE_H_
