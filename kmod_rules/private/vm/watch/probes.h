// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The probes in the kernel that keep the records. They stay until the end of the VM.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_PROBES_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_PROBES_H_

// Each places a part of the probes. What cannot be placed is reported by watch_report_unplaced().
//
// Context: may sleep.

// Timers, high-resolution timers and work, by tracepoints.
void watch_place_tracepoints(void);

// RCU callbacks, tasklets, work of kthreads, canceled work and registrations, by ftrace at the
// functions that modules call for them.
void watch_place_calls(void);

// Work that a kthread_worker has got, by a call or because its timer has expired. Context: any but
// NMI.
struct kthread_work;
void watch_kthread_work_queued(struct kthread_work *work);

// irq_work, by a kprobe, because irq_work.o is compiled without ftrace.
void watch_place_kprobes(void);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_PROBES_H_
