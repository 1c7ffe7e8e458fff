// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "let_go.h"

#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/shrinker.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#include "chain.h"
#include "cpu_state.h"

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync del_timer_sync
#endif

// Whether an object still has its function; its memory may have been freed.
static bool holds(const void *place, const void *function) {
  void *found = NULL;

  return copy_from_kernel_nofault(&found, place, sizeof(found)) == 0 && found == function;
}

static bool has_flag(const void *place, u32 flag) {
  u32 flags = 0;

  return copy_from_kernel_nofault(&flags, place, sizeof(flags)) == 0 && (flags & flag);
}

static bool is_scheduled(const struct watch_record *record) {
  const struct tasklet_struct *tasklet = record->object;

  return holds(&tasklet->func, record->function) &&
         has_flag(&tasklet->state, BIT(TASKLET_STATE_SCHED) | BIT(TASKLET_STATE_RUN));
}

static bool is_busy(const struct watch_record *record) {
  const struct irq_work *work = record->object;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
  const void *flags = &work->node.a_flags;
#else
  const void *flags = &work->flags;
#endif

  return holds(&work->func, record->function) && has_flag(flags, IRQ_WORK_CLAIMED);
}

static bool waits_for_grace_period(const struct watch_record *record) {
  const struct rcu_work *work = record->object;

  return holds(&work->work.func, record->function) &&
         has_flag(&work->work.data, BIT(WORK_STRUCT_PENDING_BIT));
}

// Whether the worker has it in a list, or runs it.
static bool is_of_worker(const struct watch_record *record) {
  const struct kthread_work *work = record->object;
  struct kthread_worker *worker = NULL;

  if (!holds(&work->func, record->function)) return false;
  if (!holds(&work->node.next, &work->node)) return true;
  return copy_from_kernel_nofault(&worker, &work->worker, sizeof(worker)) == 0 && worker &&
         holds(&worker->current_work, work);
}

static bool is_registered_shrinker(const struct watch_record *record) {
  const struct shrinker *shrinker = record->object;

  if (!holds(&shrinker->scan_objects, record->function)) return false;
#ifdef SHRINKER_REGISTERED
  return has_flag(&shrinker->flags, SHRINKER_REGISTERED);
#else
  // In Linux 5.10, only a shrinker that is registered has counters.
  return !holds(&shrinker->nr_deferred, NULL);
#endif
}

// The kernel clears the address of a probe that it does not have, because it refused it.
static bool unregister_probe(const struct watch_record *record) {
#ifdef CONFIG_KPROBES
  struct kprobe *probe = record->object;

  if (!holds(&probe->pre_handler, record->function) &&
      !holds(&probe->post_handler, record->function)) {
    return false;
  }
  unregister_kprobe(probe);
  return probe->addr != NULL;
#else
  return false;
#endif
}

static bool unregister_return_probe(const struct watch_record *record) {
#ifdef CONFIG_KRETPROBES
  struct kretprobe *probe = record->object;

  if (!holds(&probe->handler, record->function)) return false;
  unregister_kretprobe(probe);
  return probe->kp.addr != NULL;
#else
  return false;
#endif
}

bool watch_is_left(const struct watch_record *record) {
  switch (record->kind) {
    case WATCH_TASKLET:
      return is_scheduled(record);
    case WATCH_IRQ_WORK:
      return is_busy(record);
    case WATCH_RCU_WORK:
      return waits_for_grace_period(record);
    case WATCH_KTHREAD_WORK:
      return is_of_worker(record);
    case WATCH_FILE_SYSTEM:
      // Another one may have had the name, so that this one was refused.
      return unregister_filesystem(record->object) == 0;
    case WATCH_SHRINKER:
      return is_registered_shrinker(record);
    case WATCH_KPROBE:
      return unregister_probe(record);
    case WATCH_KRETPROBE:
      return unregister_return_probe(record);
    case WATCH_CPU_STATE:
      return watch_cpu_state_exists(record->object);
    case WATCH_ATOMIC_NOTIFIER:
    case WATCH_BLOCKING_NOTIFIER:
    case WATCH_RAW_NOTIFIER:
    case WATCH_SRCU_NOTIFIER:
      return watch_is_on_chain(record);
    default:
      return true;
  }
}

static void ignore_tasklet(struct tasklet_struct *tasklet) {}
static void ignore_number(unsigned long data) {}

// One that is disabled stays scheduled until it is enabled.
static void kill_tasklet(struct tasklet_struct *tasklet) {
  if (tasklet->use_callback) {
    WRITE_ONCE(tasklet->callback, ignore_tasklet);
  } else {
    WRITE_ONCE(tasklet->func, ignore_number);
  }
  while (atomic_read(&tasklet->count) > 0) tasklet_enable(tasklet);
  tasklet_kill(tasklet);
}

static void cancel(const struct watch_record *record) {
  struct timer_list *timer = record->object;
  struct hrtimer *hrtimer = record->object;
  struct work_struct *work = record->object;
  struct delayed_work *delayed = record->object;

  switch (record->kind) {
    case WATCH_TIMER:
      if (holds(&timer->function, record->function)) timer_delete_sync(timer);
      break;
    case WATCH_DELAYED_WORK:
      if (holds(&delayed->work.func, record->function)) cancel_delayed_work_sync(delayed);
      break;
    case WATCH_HRTIMER:
      if (holds(&ACCESS_PRIVATE(hrtimer, function), record->function)) hrtimer_cancel(hrtimer);
      break;
    case WATCH_WORK:
      if (holds(&work->func, record->function)) cancel_work_sync(work);
      break;
    case WATCH_RCU_WORK:
      flush_rcu_work(record->object);
      break;
    case WATCH_KTHREAD_WORK:
      kthread_cancel_work_sync(record->object);
      break;
    case WATCH_KTHREAD_DELAYED_WORK:
      kthread_cancel_delayed_work_sync(record->object);
      break;
    case WATCH_IRQ_WORK:
      irq_work_sync(record->object);
      break;
    case WATCH_FILE_SYSTEM:
      break;  // watch_is_left() has unregistered it
    case WATCH_SHRINKER:
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
      shrinker_free(record->object);
#else
      unregister_shrinker(record->object);
#endif
      break;
    case WATCH_CPU_STATE:
      watch_remove_cpu_state(record->object);
      break;
    case WATCH_TASKLET:
      kill_tasklet(record->object);
      break;
    default:
      watch_take_off_chain(record);
      break;
  }
}

void watch_let_go(const struct watch_record *record, unsigned long deadline) {
  struct watch_record now = *record;

  // A function that runs may have freed its object.
  if (record->pending) cancel(record);
  while (watch_read_again(&now) && now.running && !now.pending && time_before(jiffies, deadline)) {
    msleep(10);
  }
}
