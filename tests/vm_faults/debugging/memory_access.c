// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads memory in the way that the parameter `fault` names. A stock kernel notices none of it.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static int table[4] = {1, 2, 3, 4};

// Hides where the pointer comes from, because the compiler would warn about each fault.
static const int *hide(const int *pointer) {
  OPTIMIZER_HIDE_VAR(pointer);
  return pointer;
}

static int read_freed(void) {
  int *memory = kcalloc(4, sizeof(*memory), GFP_KERNEL);
  const int *freed = hide(memory);

  if (!memory) return -ENOMEM;
  kfree(memory);
  return READ_ONCE(freed[1]) & 1;
}

static int read_behind_heap(void) {
  int *memory = kcalloc(6, sizeof(*memory), GFP_KERNEL);
  int value;

  if (!memory) return -ENOMEM;
  value = READ_ONCE(hide(memory)[6]);
  kfree(memory);
  return value & 1;
}

static int read_behind_stack(void) {
  int numbers[4] = {1, 2, 3, 4};

  return READ_ONCE(hide(numbers)[4]) & 1;
}

static int read_behind_global(void) { return READ_ONCE(hide(table)[4]) & 1; }

static int read_behind_vmalloc(void) {
  int *memory = vmalloc(6 * sizeof(*memory));
  int value;

  if (!memory) return -ENOMEM;
  value = READ_ONCE(hide(memory)[6]);
  vfree(memory);
  return value & 1;
}

static int do_nothing(void) { return 0; }

static const struct {
  const char *name;
  int (*init)(void);
} faults[] = {
    {"freed", read_freed},
    {"behind_heap", read_behind_heap},
    {"behind_stack", read_behind_stack},
    {"behind_global", read_behind_global},
    {"behind_vmalloc", read_behind_vmalloc},
    {"none", do_nothing},
};

static int __init memory_access_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    int value;

    if (strcmp(faults[i].name, fault) != 0) continue;
    value = faults[i].init();
    if (value >= 0) pr_info("memory_access: read %d\n", value);
    return value < 0 ? value : 0;
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit memory_access_exit(void) {}

module_init(memory_access_init);
module_exit(memory_access_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
