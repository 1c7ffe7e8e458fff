// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "going.h"

#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>

#include "callbacks.h"
#include "let_go.h"
#include "record.h"
#include "report.h"

static void describe(const struct watch_record *record, char *text, size_t size) {
  const char *state = record->pending ? "pending" : "running";

  switch (record->kind) {
    case WATCH_TIMER:
      snprintf(text, size, "a timer that is %s", state);
      break;
    case WATCH_DELAYED_WORK:
      snprintf(text, size, "delayed work that is %s", state);
      break;
    case WATCH_HRTIMER:
      snprintf(text, size, "a high-resolution timer that is %s", state);
      break;
    case WATCH_WORK:
      snprintf(text, size, "work that is %s", record->pending ? "queued" : "running");
      break;
    case WATCH_RCU_WORK:
      snprintf(text, size, "work that waits for an RCU grace period");
      break;
    case WATCH_KTHREAD_WORK:
      snprintf(text, size, "work of a kthread_worker that is queued or running");
      break;
    case WATCH_KTHREAD_DELAYED_WORK:
      snprintf(text, size, "delayed work of a kthread_worker that is %s", state);
      break;
    case WATCH_FILE_SYSTEM:
      snprintf(text, size, "a file system that is registered");
      break;
    case WATCH_SHRINKER:
      snprintf(text, size, "a shrinker that is registered");
      break;
    case WATCH_KPROBE:
      snprintf(text, size, "a kprobe that is registered");
      break;
    case WATCH_KRETPROBE:
      snprintf(text, size, "a kretprobe that is registered");
      break;
    case WATCH_CPU_STATE:
      snprintf(text, size, "the CPU hotplug state \"%.64s\"", (const char *)record->object);
      break;
    case WATCH_IRQ_WORK:
      snprintf(text, size, "irq_work that is pending or running");
      break;
    case WATCH_TASKLET:
      snprintf(text, size, "a tasklet that is scheduled");
      break;
    default:
      snprintf(text, size, "a notifier that is registered on %ps", record->chain);
      break;
  }
}

static void look_at_records(const struct module *module, unsigned long deadline) {
  struct watch_record record;
  char what[128];
  int most;

  for (most = 1000; most > 0 && watch_find(module, &record); --most) {
    if (!watch_is_left(&record)) {
      watch_forget(&record);
      continue;
    }
    describe(&record, what, sizeof(what));
    // The name of a state is no variable.
    watch_report_left(module, what, record.function,
                      record.kind == WATCH_CPU_STATE ? NULL : record.object);
    watch_let_go(&record, deadline);
    // What runs may start it again, and that is found in the next round.
    if (!time_before(jiffies, deadline) || most < 500) watch_forget(&record);
  }
}

static void look_at_callbacks(const struct module *module, unsigned long deadline) {
  unsigned long count = 0;
  rcu_callback_t function = watch_pending_callback(module, &count);
  char what[64];

  if (!function) return;
  for (; function; function = watch_pending_callback(module, &count)) {
    snprintf(what, sizeof(what),
             count == 1 ? "an RCU callback that is pending" : "%lu RCU callbacks that are pending",
             count);
    watch_report_left(module, what, (void *)function, NULL);
    rcu_barrier();
    // Those of call_srcu().
    while (watch_pending_callback(module, &count) == function && time_before(jiffies, deadline)) {
      msleep(10);
    }
    if (!time_before(jiffies, deadline)) return;
  }
}

void watch_module_goes(const struct module *module) {
  const unsigned long deadline = jiffies + 5 * HZ;

  look_at_records(module, deadline);
  look_at_callbacks(module, deadline);
  // A callback may have started something.
  look_at_records(module, deadline);
}

void watch_processor_state(const struct module *module) {
  if (!irqs_disabled()) return;
  local_irq_enable();
  watch_report_state(module, "interrupts disabled");
}
