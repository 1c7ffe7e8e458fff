// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A probe of ftrace at the entry of functions, whose type and flags differ between kernels.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_FTRACE_PROBE_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_FTRACE_PROBE_H_

#include <linux/ftrace.h>
#include <linux/version.h>

// Defines the function `probe` for ftrace_ops. It calls handler(ip, caller, regs): the place in the
// function that is entered, the address that the function returns to, and the registers, which are
// NULL if ftrace has not saved all. Context of the handler: that of the function.
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
#define WATCH_FTRACE_PROBE(probe, handler)                                          \
  static void probe(unsigned long ip, unsigned long caller, struct ftrace_ops *ops, \
                    struct ftrace_regs *regs) {                                     \
    handler(ip, caller, ftrace_get_regs(regs));                                     \
  }
#define WATCH_FTRACE_RECURSION FTRACE_OPS_FL_RECURSION
#else
#define WATCH_FTRACE_PROBE(probe, handler)                                          \
  static void probe(unsigned long ip, unsigned long caller, struct ftrace_ops *ops, \
                    struct pt_regs *regs) {                                         \
    handler(ip, caller, regs);                                                      \
  }
// Without a flag, ftrace itself protects the probe from recursion.
#define WATCH_FTRACE_RECURSION 0
#endif

// PERMANENT: nothing can switch it off.
#define WATCH_FTRACE_FLAGS \
  (FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_PERMANENT | WATCH_FTRACE_RECURSION)

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_FTRACE_PROBE_H_
