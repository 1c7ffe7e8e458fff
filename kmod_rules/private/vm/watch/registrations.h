// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Probes at the entry of functions that register something of a module with the kernel for good, or
// end that. Each takes the registers of the call. Context: that of the function, which may sleep.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_REGISTRATIONS_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_REGISTRATIONS_H_

#include <linux/ptrace.h>

void watch_atomic_notifier_begins(struct pt_regs *regs);
void watch_atomic_notifier_ends(struct pt_regs *regs);
void watch_blocking_notifier_begins(struct pt_regs *regs);
void watch_blocking_notifier_ends(struct pt_regs *regs);
void watch_raw_notifier_begins(struct pt_regs *regs);
void watch_raw_notifier_ends(struct pt_regs *regs);
void watch_srcu_notifier_begins(struct pt_regs *regs);
void watch_srcu_notifier_ends(struct pt_regs *regs);

void watch_file_system_begins(struct pt_regs *regs);
void watch_file_system_ends(struct pt_regs *regs);

void watch_shrinker_begins(struct pt_regs *regs);
void watch_shrinker_ends(struct pt_regs *regs);

// kretprobes have a kprobe, whose function is the kernel's.
void watch_kprobe_begins(struct pt_regs *regs);
void watch_kprobe_ends(struct pt_regs *regs);
void watch_kprobes_end(struct pt_regs *regs);
void watch_kretprobe_begins(struct pt_regs *regs);
void watch_kretprobe_ends(struct pt_regs *regs);
void watch_kretprobes_end(struct pt_regs *regs);

// The end is not seen: the number of a state is known only when the function that sets it up has
// returned. See cpu_state.h.
void watch_cpu_state_begins(struct pt_regs *regs);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_REGISTRATIONS_H_
