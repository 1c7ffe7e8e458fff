// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Two threads, or a thread and a timer, use the same memory in the way that the parameter `how`
// names. Nothing goes wrong that can be seen from outside: only a kernel with KCSAN complains.
#include <linux/compiler.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

static char *how = "";
module_param(how, charp, 0);
MODULE_PARM_DESC(how, "how the memory is used");

static int seconds = 2;
module_param(seconds, int, 0);
MODULE_PARM_DESC(seconds, "how long the threads run");

static int count;
static bool ready;
static int own_lock;
static atomic_t atomic_count = ATOMIC_INIT(0);
static DEFINE_SPINLOCK(lock);

static struct {
  unsigned int first : 3;
  unsigned int second : 5;
} bits;

struct item {
  int number;
};

static struct item items[2];
static struct item *newest = &items[0];
static struct item __rcu *shared;

static noinline void count_plainly(void) { ++count; }

static noinline void set_flag(void) { ready = !ready; }
static noinline void read_flag(void) {
  if (ready) barrier();
}

static noinline void write_pointer(void) { newest = newest == items ? items + 1 : items; }
static noinline void read_through_pointer(void) { READ_ONCE(newest->number); }

static noinline void write_first_bits(void) { ++bits.first; }
static noinline void write_second_bits(void) { ++bits.second; }

// What is written below this lock can become visible after the lock is free.
static noinline void count_below_own_lock(void) {
  if (xchg(&own_lock, 1)) return;
  ++count;
  WRITE_ONCE(own_lock, 0);
}

static noinline void count_below_sound_lock(void) {
  if (xchg(&own_lock, 1)) return;
  ++count;
  smp_store_release(&own_lock, 0);
}

static void count_atomically(void) { atomic_inc(&atomic_count); }

static void count_below_lock(void) {
  spin_lock_bh(&lock);
  ++count;
  spin_unlock_bh(&lock);
}

static void set_marked_flag(void) { WRITE_ONCE(ready, !READ_ONCE(ready)); }
static void read_marked_flag(void) {
  if (READ_ONCE(ready)) barrier();
}

// Nothing reads the item that is not published.
static void publish_other_item(void) {
  struct item *item = rcu_access_pointer(shared) == items ? items + 1 : items;

  item->number = 7;
  rcu_assign_pointer(shared, item);
  synchronize_rcu();
}

static void read_published_item(void) {
  const struct item *item;

  rcu_read_lock();
  item = rcu_dereference(shared);
  if (item && item->number != 7) pr_err("data_race: the number is %d\n", item->number);
  rcu_read_unlock();
}

static const struct way {
  const char *name;
  void (*one)(void);
  void (*other)(void);
  bool in_timer;  // the other runs in a timer instead of a thread
} ways[] = {
    {"plain_counter", count_plainly, count_plainly},
    {"plain_counter_in_timer", count_plainly, count_plainly, true},
    {"plain_flag", set_flag, read_flag},
    {"plain_pointer", write_pointer, read_through_pointer},
    {"bit_fields", write_first_bits, write_second_bits},
    {"lock_without_release", count_below_own_lock, count_below_own_lock},
    {"lock_with_release", count_below_sound_lock, count_below_sound_lock},
    {"atomic_counter", count_atomically, count_atomically},
    {"locked_counter", count_below_lock, count_below_lock},
    {"locked_counter_in_timer", count_below_lock, count_below_lock, true},
    {"marked_flag", set_marked_flag, read_marked_flag},
    {"rcu", publish_other_item, read_published_item},
};

static const struct way *way;

static void on_timer(struct timer_list *timer) {
  way->other();
  mod_timer(timer, jiffies + 1);
}

static DEFINE_TIMER(timer, on_timer);

static int run(void *function) {
  while (!kthread_should_stop()) ((void (*)(void))function)();
  return 0;
}

static int start(void) {
  struct task_struct *threads[2];
  int i;
  int error = 0;

  if (way->in_timer) mod_timer(&timer, jiffies + 1);
  for (i = 0; i < (way->in_timer ? 1 : 2); ++i) {
    threads[i] = kthread_run(run, i == 0 ? way->one : way->other, "data_race/%d", i);
    if (IS_ERR(threads[i])) {
      error = PTR_ERR(threads[i]);
      break;
    }
  }
  if (!error) msleep(1000 * seconds);
  while (i-- > 0) kthread_stop(threads[i]);
  del_timer_sync(&timer);
  return error;
}

static int __init data_race_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(ways); ++i) {
    if (strcmp(ways[i].name, how) != 0) continue;
    way = &ways[i];
    return start();
  }
  pr_err("there is no way %s\n", how);
  return -EINVAL;
}

static void __exit data_race_exit(void) {}

module_init(data_race_init);
module_exit(data_race_exit);

MODULE_DESCRIPTION("Races on purpose");
MODULE_LICENSE("Dual MIT/GPL");
