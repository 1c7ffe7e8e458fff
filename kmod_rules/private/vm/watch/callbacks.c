// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "callbacks.h"

#include <linux/kernel.h>
#include <linux/spinlock.h>

#include "record.h"

// One slot for each function of a module that has callbacks pending; free slots have none.
static struct {
  rcu_callback_t function;
  unsigned long pending;
} slots[16];
static unsigned int missed;
static DEFINE_RAW_SPINLOCK(lock);

static void run(size_t slot, struct rcu_head *head) {
  unsigned long flags;

  // The slot keeps its function while a callback is pending. The callback may free `head`.
  READ_ONCE(slots[slot].function)(head);
  raw_spin_lock_irqsave(&lock, flags);
  --slots[slot].pending;
  raw_spin_unlock_irqrestore(&lock, flags);
}

#define RUNNER(n) \
  static void run_##n(struct rcu_head *head) { run(n, head); }
RUNNER(0)
RUNNER(1)
RUNNER(2)
RUNNER(3)
RUNNER(4)
RUNNER(5)
RUNNER(6)
RUNNER(7)
RUNNER(8)
RUNNER(9)
RUNNER(10)
RUNNER(11)
RUNNER(12)
RUNNER(13)
RUNNER(14)
RUNNER(15)

static const rcu_callback_t runners[] = {run_0,  run_1,  run_2,  run_3, run_4,  run_5,
                                         run_6,  run_7,  run_8,  run_9, run_10, run_11,
                                         run_12, run_13, run_14, run_15};

// The slot of the function, or else a free one.
static size_t find_slot(rcu_callback_t function) {
  size_t unused = ARRAY_SIZE(slots);
  size_t i;

  for (i = 0; i < ARRAY_SIZE(slots); ++i) {
    if (slots[i].pending == 0) {
      unused = i;
    } else if (slots[i].function == function) {
      return i;
    }
  }
  return unused;
}

rcu_callback_t watch_count_callback(rcu_callback_t function) {
  unsigned long flags;
  size_t slot;

  BUILD_BUG_ON(ARRAY_SIZE(runners) != ARRAY_SIZE(slots));
  if (!watch_is_of_module((void *)function)) return function;
  raw_spin_lock_irqsave(&lock, flags);
  slot = find_slot(function);
  if (slot < ARRAY_SIZE(slots)) {
    WRITE_ONCE(slots[slot].function, function);
    ++slots[slot].pending;
  } else {
    ++missed;
  }
  raw_spin_unlock_irqrestore(&lock, flags);
  return slot < ARRAY_SIZE(slots) ? runners[slot] : function;
}

rcu_callback_t watch_pending_callback(const struct module *module, unsigned long *count) {
  rcu_callback_t found = NULL;
  unsigned long flags;
  size_t i;

  raw_spin_lock_irqsave(&lock, flags);
  for (i = 0; i < ARRAY_SIZE(slots) && !found; ++i) {
    if (slots[i].pending == 0) continue;
    if (!watch_is_of(module, (void *)slots[i].function)) continue;
    found = slots[i].function;
    *count = slots[i].pending;
  }
  raw_spin_unlock_irqrestore(&lock, flags);
  return found;
}

unsigned int watch_missed_callbacks(void) { return READ_ONCE(missed); }
