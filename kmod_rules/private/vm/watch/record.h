// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What modules have asked the kernel to call later: a record for each object, from the moment that
// the kernel takes it to the moment that it lets go of it. Only functions of modules are recorded.
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_RECORD_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_RECORD_H_

#include <linux/module.h>
#include <linux/types.h>
#include <linux/version.h>

enum watch_kind {
  WATCH_TIMER,
  WATCH_DELAYED_WORK,  // its timer; once that has expired, it is WATCH_WORK
  WATCH_HRTIMER,
  WATCH_WORK,
  WATCH_RCU_WORK,  // until its grace period is over; then it is WATCH_WORK
  WATCH_KTHREAD_WORK,
  WATCH_KTHREAD_DELAYED_WORK,  // its timer; once that has expired, it is WATCH_KTHREAD_WORK
  WATCH_IRQ_WORK,
  WATCH_TASKLET,
  // Registrations.
  WATCH_ATOMIC_NOTIFIER,
  WATCH_BLOCKING_NOTIFIER,
  WATCH_RAW_NOTIFIER,
  WATCH_SRCU_NOTIFIER,
  WATCH_FILE_SYSTEM,
  WATCH_SHRINKER,
  WATCH_KPROBE,
  WATCH_KRETPROBE,
  WATCH_CPU_STATE,  // a state of CPU hotplug; the object is its name
};

// A kind and an object are the key, with the chain for a notifier. It is pending, running or both.
struct watch_record {
  struct hlist_node node;
  enum watch_kind kind;
  u32 pending;
  u32 running;
  void *object;
  void *function;
  void *chain;  // the head of the notifier chain
};

// Whether it is an address of modules.
static inline bool watch_is_of_module(const void *address) {
  return (unsigned long)address >= MODULES_VADDR && (unsigned long)address < MODULES_END;
}

// Whether it is an address of the module. In place of within_module(), whose index of an array the
// compiler checks in Linux 7.2: the report of such a check has the header's absolute path, which no
// option of GCC replaces.
static inline bool watch_is_of(const struct module *module, const void *address) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
  const struct module_memory *memory = module->mem;
  const struct module_memory *end = memory + MOD_MEM_NUM_TYPES;

  for (; memory != end; ++memory) {
    if ((unsigned long)address - (unsigned long)memory->base < memory->size) return true;
  }
  return false;
#else
  return within_module((unsigned long)address, module);
#endif
}

// Context of all functions here: any but NMI.

// Notes that the kernel has taken the object. `key` has everything but `pending` and `running`.
void watch_begin(const struct watch_record *key);

// Notes that the kernel has let go of it without a call, or before the call.
void watch_end(enum watch_kind kind, void *object, void *chain);

// Notes that the kernel calls the function, and that it has returned. If the function is none of a
// module, only a record that exists changes.
void watch_run(enum watch_kind kind, void *object, void *function);
void watch_return(enum watch_kind kind, void *object);

// Finds a record whose function, or whose object of a registration, is in the module's memory.
bool watch_find(const struct module *module, struct watch_record *found);

// Reads a record anew; false if there is none.
bool watch_read_again(struct watch_record *record);

void watch_forget(const struct watch_record *record);

// How many records had no room.
unsigned int watch_missed(void);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_RECORD_H_
