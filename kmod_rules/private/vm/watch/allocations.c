// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "allocations.h"

#include <linux/ftrace.h>
#include <linux/gfp.h>
#include <linux/kallsyms.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "ftrace_probe.h"
#include "record.h"

#if defined(CONFIG_FUNCTION_TRACER) && defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS)

// The argument that has the flags. With __GFP_NOFAIL, an allocation must not fail.
enum flags_argument { NO_FLAGS, FIRST, SECOND, THIRD };

#ifdef CONFIG_SLAB_BUCKETS
#define AFTER_BUCKETS THIRD
#else
#define AFTER_BUCKETS SECOND
#endif

// Each returns NULL if there is no memory. No kernel has all of them.
static struct allocator {
  const char *name;
  enum flags_argument flags;
  unsigned long address;  // once it was called
} allocators[] = {
    {"__kmalloc", SECOND},
    {"__kmalloc_noprof", SECOND},
    {"kmem_cache_alloc_trace", SECOND},
    {"kmalloc_trace", SECOND},
    {"__kmalloc_cache_noprof", SECOND},
    {"__kmalloc_node", SECOND},
    {"__kmalloc_node_noprof", AFTER_BUCKETS},
    {"kmem_cache_alloc_node_trace", SECOND},
    {"kmalloc_node_trace", SECOND},
    {"__kmalloc_cache_node_noprof", SECOND},
    {"kmalloc_order", SECOND},
    {"kmalloc_order_trace", SECOND},
    {"kmalloc_large", SECOND},
    {"__kmalloc_large_noprof", SECOND},
    {"kmem_cache_alloc", SECOND},
    {"kmem_cache_alloc_noprof", SECOND},
    {"kmem_cache_alloc_node", SECOND},
    {"kmem_cache_alloc_node_noprof", SECOND},
    {"kvmalloc_node", SECOND},
    {"__kvmalloc_node_noprof", AFTER_BUCKETS},
    {"krealloc", THIRD},
    {"krealloc_noprof", THIRD},
    {"kmemdup", THIRD},
    {"kmemdup_noprof", THIRD},
    {"kstrdup", SECOND},
    {"kstrdup_noprof", SECOND},
    {"kstrndup", THIRD},
    {"kasprintf", FIRST},
    {"kvasprintf", FIRST},
    {"devm_kmalloc", THIRD},
    {"vmalloc", NO_FLAGS},
    {"vmalloc_noprof", NO_FLAGS},
    {"vzalloc", NO_FLAGS},
    {"vzalloc_noprof", NO_FLAGS},
    {"__vmalloc", SECOND},
    {"__vmalloc_noprof", SECOND},
    {"__alloc_pages", FIRST},
    {"__alloc_pages_noprof", FIRST},
    {"alloc_pages", FIRST},
    {"alloc_pages_noprof", FIRST},
    {"alloc_pages_current", FIRST},
    {"__get_free_pages", FIRST},
    {"get_free_pages_noprof", FIRST},
    {"get_zeroed_page", FIRST},
    {"get_zeroed_page_noprof", FIRST},
    {"__alloc_percpu", NO_FLAGS},
    {"__alloc_percpu_gfp", THIRD},
    {"pcpu_alloc_noprof", NO_FLAGS},
    {"__alloc_skb", SECOND},
};

static const struct module *tested[32];
static unsigned long target;
static unsigned long made;
static char failed[2 * KSYM_SYMBOL_LEN];
static char name[KSYM_SYMBOL_LEN];
static DEFINE_RAW_SPINLOCK(lock);

static bool is_tested(unsigned long address) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(tested); ++i) {
    if (tested[i] && watch_is_of(tested[i], (void *)address)) return true;
  }
  return false;
}

// The allocator that ftrace stopped in, which is at its entry.
static struct allocator *find_allocator(unsigned long ip) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(allocators); ++i) {
    if (allocators[i].address == ip) return &allocators[i];
  }
  sprint_symbol_no_offset(name, ip);
  for (i = 0; i < ARRAY_SIZE(allocators); ++i) {
    if (strcmp(allocators[i].name, name) != 0) continue;
    allocators[i].address = ip;
    return &allocators[i];
  }
  return NULL;
}

static bool must_not_fail(const struct allocator *allocator, const struct pt_regs *regs) {
  switch (allocator->flags) {
    case FIRST:
      return regs->di & (__force unsigned long)__GFP_NOFAIL;
    case SECOND:
      return regs->si & (__force unsigned long)__GFP_NOFAIL;
    case THIRD:
      return regs->dx & (__force unsigned long)__GFP_NOFAIL;
    default:
      return false;
  }
}

static void note(const struct allocator *allocator, unsigned long caller) {
  sprint_symbol(name, caller);
  snprintf(failed, sizeof(failed), "%s() at %s", allocator->name, name);
}

static bool must_fail(unsigned long ip, unsigned long caller, const struct pt_regs *regs) {
  const struct allocator *allocator;
  unsigned long flags;
  unsigned long number = 0;
  bool fails = false;

  if (READ_ONCE(target) == 0) return false;
  raw_spin_lock_irqsave(&lock, flags);
  allocator = is_tested(caller) ? find_allocator(ip) : NULL;
  if (allocator && !must_not_fail(allocator, regs)) {
    number = ++made;
    fails = number == target;
    if (fails) note(allocator, caller);
  }
  raw_spin_unlock_irqrestore(&lock, flags);
  // Printing takes locks below which others allocate. The text stays until the next number is set.
  if (fails) pr_info("kmod_watch: allocation %lu fails: %s\n", number, failed);
  return fails;
}

// Runs in place of an allocator, and returns to its caller.
static noinline void *have_no_memory(void) { return NULL; }

static void allocates(unsigned long ip, unsigned long caller, struct pt_regs *regs) {
  if (regs && must_fail(ip, caller, regs)) regs->ip = (unsigned long)have_no_memory;
}

WATCH_FTRACE_PROBE(probe, allocates)

static struct ftrace_ops ops = {
    .func = probe,
    .flags = WATCH_FTRACE_FLAGS | FTRACE_OPS_FL_IPMODIFY,
};

// Only when they are needed first: an allocator with a probe is slower.
static int place_probes(void) {
  static bool placed;
  bool found = false;
  char *filter;
  size_t i;
  int error;

  if (placed) return 0;
  for (i = 0; i < ARRAY_SIZE(allocators); ++i) {
    filter = kstrdup(allocators[i].name, GFP_KERNEL);
    if (!filter) return -ENOMEM;
    if (ftrace_set_filter(&ops, filter, strlen(filter), 0) == 0) found = true;
    kfree(filter);
  }
  if (!found) return -ENOENT;
  error = register_ftrace_function(&ops);
  placed = error == 0;
  return error;
}

int watch_fail_allocation(unsigned long number) {
  const int error = number ? place_probes() : 0;
  unsigned long flags;

  if (error) return error;
  raw_spin_lock_irqsave(&lock, flags);
  made = 0;
  failed[0] = '\0';
  WRITE_ONCE(target, number);
  raw_spin_unlock_irqrestore(&lock, flags);
  return 0;
}

void watch_show_allocations(struct seq_file *file) {
  if (READ_ONCE(target) == 0) return;
  seq_printf(file, "allocations %lu\n", READ_ONCE(made));
  if (failed[0]) seq_printf(file, "failed %s\n", failed);
}

static void replace(const struct module *old, const struct module *new) {
  unsigned long flags;
  size_t i;

  raw_spin_lock_irqsave(&lock, flags);
  for (i = 0; i < ARRAY_SIZE(tested); ++i) {
    if (tested[i] != old) continue;
    tested[i] = new;
    break;
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

void watch_test_module(const struct module *module) { replace(NULL, module); }
void watch_test_no_more(const struct module *module) { replace(module, NULL); }

#else

int watch_fail_allocation(unsigned long number) { return number ? -EOPNOTSUPP : 0; }
void watch_show_allocations(struct seq_file *file) {}
void watch_test_module(const struct module *module) {}
void watch_test_no_more(const struct module *module) {}

#endif
