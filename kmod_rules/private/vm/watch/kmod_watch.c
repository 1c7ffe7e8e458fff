// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module for the guest of a test. It is loaded before the modules under test, stays loaded, and
// says of each module that goes what the kernel would still call in it.
//
// It has no init section: while ftrace is in use, the kernel keeps the names of functions in init
// sections that it has freed, and they would hide the addresses of a module that is loaded there.
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>

#include "allocations.h"
#include "going.h"
#include "probes.h"
#include "report.h"

static int module_changes(struct notifier_block *block, unsigned long state, void *data) {
  // The module's init or exit has just returned.
  if (state == MODULE_STATE_LIVE || state == MODULE_STATE_GOING) watch_processor_state(data);
  if (state == MODULE_STATE_COMING) watch_test_module(data);
  if (state != MODULE_STATE_GOING) return NOTIFY_DONE;
  watch_module_goes(data);
  watch_test_no_more(data);
  watch_report_checked();
  return NOTIFY_DONE;
}

// Behind the kernel's own notifiers, such as that of kprobes, which clean up after a module.
static struct notifier_block block = {.notifier_call = module_changes, .priority = INT_MIN};

static int start(void) {
  int error = watch_make_file();

  if (error) return error;
  watch_place_tracepoints();
  // Before the calls, so that the only record of this module is that of its notifier (chain.c).
  watch_place_kprobes();
  watch_place_calls();
  error = register_module_notifier(&block);
  if (error) watch_report_unplaced("the notifier of", "modules", error);
  // What placing the probes has freed would be missing in the count of the guest's memory later.
  rcu_barrier();
  return 0;
}

module_init(start);

MODULE_DESCRIPTION("Finds what modules leave to be called");
MODULE_LICENSE("Dual MIT/GPL");
