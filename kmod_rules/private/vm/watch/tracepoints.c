// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/tracepoint.h>
#include <linux/workqueue.h>

struct pool_workqueue;

#include "probes.h"
#include "record.h"
#include "report.h"

// Every way out of the queue of timers is traced as a cancellation, before the timer runs as well.
// Kernels append arguments to these tracepoints, also in a stable series; a probe may take fewer.

static void timer_started(void *data, struct timer_list *timer) {
  struct watch_record key = {
      .kind = WATCH_TIMER, .object = timer, .function = (void *)timer->function};

  if (timer->function == delayed_work_timer_fn) {
    struct delayed_work *work = container_of(timer, struct delayed_work, timer);

    key.kind = WATCH_DELAYED_WORK;
    key.object = work;
    key.function = (void *)work->work.func;
  } else if (timer->function == kthread_delayed_work_timer_fn) {
    struct kthread_delayed_work *work = container_of(timer, struct kthread_delayed_work, timer);

    key.kind = WATCH_KTHREAD_DELAYED_WORK;
    key.object = work;
    key.function = (void *)work->work.func;
  }
  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void timer_canceled(void *data, struct timer_list *timer) {
  watch_end(WATCH_TIMER, timer, NULL);
  watch_end(WATCH_DELAYED_WORK, container_of(timer, struct delayed_work, timer), NULL);
  watch_end(WATCH_KTHREAD_DELAYED_WORK, container_of(timer, struct kthread_delayed_work, timer),
            NULL);
}

void watch_kthread_work_queued(struct kthread_work *work) {
  const struct watch_record key = {
      .kind = WATCH_KTHREAD_WORK, .object = work, .function = (void *)work->func};

  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void timer_runs(void *data, struct timer_list *timer) {
  // The kernel's function queues the work.
  if (timer->function == kthread_delayed_work_timer_fn) {
    watch_kthread_work_queued(&container_of(timer, struct kthread_delayed_work, timer)->work);
  }
  watch_run(WATCH_TIMER, timer, (void *)timer->function);
}

// The function may have freed the timer.
static void timer_returned(void *data, struct timer_list *timer) {
  watch_return(WATCH_TIMER, timer);
}

static void hrtimer_started(void *data, struct hrtimer *timer) {
  const struct watch_record key = {
      .kind = WATCH_HRTIMER, .object = timer, .function = (void *)ACCESS_PRIVATE(timer, function)};

  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void hrtimer_canceled(void *data, struct hrtimer *timer) {
  watch_end(WATCH_HRTIMER, timer, NULL);
}

static void hrtimer_runs(void *data, struct hrtimer *timer) {
  watch_run(WATCH_HRTIMER, timer, (void *)ACCESS_PRIVATE(timer, function));
}

static void hrtimer_returned(void *data, struct hrtimer *timer) {
  watch_return(WATCH_HRTIMER, timer);
}

static void work_queued(void *data, int cpu, struct pool_workqueue *queue,
                        struct work_struct *work) {
  const struct watch_record key = {
      .kind = WATCH_WORK, .object = work, .function = (void *)work->func};

  // The first member of rcu_work is its work.
  watch_end(WATCH_RCU_WORK, work, NULL);
  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void work_runs(void *data, struct work_struct *work) {
  watch_run(WATCH_WORK, work, (void *)work->func);
}

// The function may have freed the work.
static void work_returned(void *data, struct work_struct *work) { watch_return(WATCH_WORK, work); }

static struct {
  const char *name;
  void *probe;
  struct tracepoint *tracepoint;
} tracepoints[] = {
    {"timer_start", timer_started},           {"timer_cancel", timer_canceled},
    {"timer_expire_entry", timer_runs},       {"timer_expire_exit", timer_returned},
    {"hrtimer_start", hrtimer_started},       {"hrtimer_cancel", hrtimer_canceled},
    {"hrtimer_expire_entry", hrtimer_runs},   {"hrtimer_expire_exit", hrtimer_returned},
    {"workqueue_queue_work", work_queued},    {"workqueue_execute_start", work_runs},
    {"workqueue_execute_end", work_returned},
};

#ifdef CONFIG_TRACEPOINTS
// The tracepoints themselves are not exported.
static void note_tracepoint(struct tracepoint *tracepoint, void *data) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(tracepoints); ++i) {
    if (strcmp(tracepoint->name, tracepoints[i].name) == 0) tracepoints[i].tracepoint = tracepoint;
  }
}

static int place(struct tracepoint *tracepoint, void *probe) {
  return tracepoint ? tracepoint_probe_register(tracepoint, probe, NULL) : -ENOENT;
}

static void find_tracepoints(void) { for_each_kernel_tracepoint(note_tracepoint, NULL); }
#else
static int place(struct tracepoint *tracepoint, void *probe) { return -EOPNOTSUPP; }
static void find_tracepoints(void) {}
#endif

void watch_place_tracepoints(void) {
  size_t i;

  find_tracepoints();
  for (i = 0; i < ARRAY_SIZE(tracepoints); ++i) {
    const int error = place(tracepoints[i].tracepoint, tracepoints[i].probe);

    if (error) watch_report_unplaced("the tracepoint", tracepoints[i].name, error);
  }
}
