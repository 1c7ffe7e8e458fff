// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module whose init causes the fault that the parameter `fault` names.
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static DEFINE_SPINLOCK(lock);

static int panic_at_once(void) {
  panic("on purpose");
  return 0;
}

static int warn(void) {
  WARN_ON(1);
  return 0;
}

static int stop_with_bug(void) {
  BUG();
  return 0;
}

static int write_to_null(void) {
  WRITE_ONCE(*(int *)NULL, 1);
  return 0;
}

static int sleep_in_atomic_context(void) {
  spin_lock(&lock);
  msleep(1);
  spin_unlock(&lock);
  return 0;
}

static int loop(void) {
  for (;;) cpu_relax();
  return 0;
}

static int loop_without_interrupts(void) {
  local_irq_disable();
  return loop();
}

static int sleep_for_ever(void) {
  for (;;) schedule_timeout_interruptible(MAX_SCHEDULE_TIMEOUT);
  return 0;
}

static int wait_for_ever(void) {
  for (;;) schedule_timeout_uninterruptible(MAX_SCHEDULE_TIMEOUT);
  return 0;
}

static int have_no_memory(void) { return -ENOMEM; }

static int find_nothing(void) { return -ENOENT; }

static int defer(void) { return -EPROBE_DEFER; }

// No errno; glibc leaves errno as it was.
static int return_less_than_any_errno(void) { return -5000; }

static int return_positive(void) { return 1; }

static int say_nothing(void) { return 0; }

// A module that holds a reference to itself cannot be unloaded.
static int refer_to_itself(void) {
  __module_get(THIS_MODULE);
  return 0;
}

// Large frames reach the end of the stack soon. Each call uses its frame after the next call, so
// that the compiler cannot turn that into a jump.
static noinline int recurse(int depth) {
  volatile char frame[1024];

  frame[0] = (char)depth;
  return depth == INT_MAX ? 0 : recurse(depth + 1) + frame[0];
}

static int overflow_the_stack(void) { return recurse(0); }

static int taint(void) {
  add_taint(TAINT_USER, LOCKDEP_STILL_OK);
  return 0;
}

// Prints the end of a passing run, but not the line that its test expects.
static int claim_success(void) {
  pr_info("checks:\n  ok    boot\n  ok    verdict\n");
  pr_info("verdict: pass: all 9 checks passed\n");
  return 0;
}

static int fill_the_log(void) {
  int i;

  for (i = 0; i < 1000000; i++) pr_info("line %d of very many that nobody is going to read\n", i);
  return 0;
}

static const struct {
  const char *name;
  int (*init)(void);
} faults[] = {
    {"bug", stop_with_bug},
    {"claim", claim_success},
    {"defer", defer},
    {"enoent", find_nothing},
    {"enomem", have_no_memory},
    {"flood", fill_the_log},
    {"loop", loop},
    {"loop_without_interrupts", loop_without_interrupts},
    {"null_write", write_to_null},
    {"no_errno", return_less_than_any_errno},
    {"panic", panic_at_once},
    {"positive", return_positive},
    {"quiet", say_nothing},
    {"self_reference", refer_to_itself},
    {"sleep_for_ever", sleep_for_ever},
    {"sleep_in_atomic", sleep_in_atomic_context},
    {"stack_overflow", overflow_the_stack},
    {"taint", taint},
    {"wait_for_ever", wait_for_ever},
    {"warn", warn},
};

static int __init init_fault_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    if (strcmp(faults[i].name, fault) == 0) return faults[i].init();
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit init_fault_exit(void) {}

module_init(init_fault_init);
module_exit(init_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
