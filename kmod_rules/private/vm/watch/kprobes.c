// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/irq_work.h>
#include <linux/kprobes.h>

#include "probes.h"
#include "record.h"
#include "report.h"

#ifdef CONFIG_KPROBES

static int irq_work_queued(struct kprobe *probe, struct pt_regs *regs) {
  struct irq_work *work = (struct irq_work *)regs->di;
  const struct watch_record key = {
      .kind = WATCH_IRQ_WORK, .object = work, .function = (void *)work->func};

  if (watch_is_of_module(key.function)) watch_begin(&key);
  return 0;
}

// Not a function that ftrace can trace: the kprobes of a module would share a hash with this one,
// and the kernel would keep memory that it allocated when the module went.
static struct kprobe probe = {.symbol_name = "irq_work_queue", .pre_handler = irq_work_queued};

void watch_place_kprobes(void) {
  const int error = register_kprobe(&probe);

  if (error) watch_report_unplaced("a probe at", probe.symbol_name, error);
}

#else

void watch_place_kprobes(void) {
  watch_report_unplaced("a probe at", "irq_work_queue", -EOPNOTSUPP);
}

#endif
