// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that misuses memory in the way that the parameter `fault` names.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

struct person {
  const char *name;
  struct list_head neighbors;
};

// Hides where the pointer comes from, because the compiler would warn about each fault.
static struct person *hide(struct person *person) {
  OPTIMIZER_HIDE_VAR(person);
  return person;
}

// The freed object is filled with 0x6b bytes, which are not a canonical address.
static int use_after_free(struct person *person) {
  struct person *freed = hide(person);

  kfree(person);
  pr_info("%s\n", freed->name);
  return 0;
}

static int free_twice(struct person *person) {
  struct person *freed = hide(person);

  kfree(person);
  kfree(freed);
  return 0;
}

// The red zone follows the slab's object, which is larger than the requested size.
static int write_out_of_bounds(struct person *person) {
  ((volatile char *)hide(person))[ksize(person)] = 1;
  kfree(person);
  return 0;
}

static int corrupt_list(struct person *person) {
  LIST_HEAD(people);

  list_add(&person->neighbors, &people);
  person->neighbors.prev = NULL;
  list_del(&person->neighbors);
  kfree(person);
  return 0;
}

static int destroy_cache_in_use(struct person *person) {
  struct kmem_cache *cache = KMEM_CACHE(person, 0);

  kfree(person);
  if (!cache) return -ENOMEM;
  if (!kmem_cache_alloc(cache, GFP_KERNEL)) pr_err("no object\n");
  kmem_cache_destroy(cache);
  return 0;
}

static const struct {
  const char *name;
  int (*init)(struct person *person);
} faults[] = {
    {"cache_in_use", destroy_cache_in_use}, {"double_free", free_twice},
    {"list_corruption", corrupt_list},      {"out_of_bounds", write_out_of_bounds},
    {"use_after_free", use_after_free},
};

static int __init memory_fault_init(void) {
  struct person *person = kzalloc(sizeof(*person), GFP_KERNEL);
  size_t i;

  if (!person) return -ENOMEM;
  person->name = "Ada";
  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    if (strcmp(faults[i].name, fault) == 0) return faults[i].init(person);
  }
  kfree(person);
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit memory_fault_exit(void) {}

module_init(memory_fault_init);
module_exit(memory_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
