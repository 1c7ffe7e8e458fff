// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

static bool destroy;
module_param(destroy, bool, 0444);
MODULE_PARM_DESC(destroy, "Destroy the cache with its objects in use, instead of leaving it");

static struct kmem_cache *cache;

static int __init leak_cache_init(void) {
  int i;

  cache = kmem_cache_create("leak_cache", 40, 0, 0, NULL);
  if (!cache) return -ENOMEM;
  for (i = 0; i < 3; i++) {
    if (!kmem_cache_alloc(cache, GFP_KERNEL)) return -ENOMEM;
  }
  return 0;
}

static void __exit leak_cache_exit(void) {
  if (destroy) kmem_cache_destroy(cache);
}

module_init(leak_cache_init);
module_exit(leak_cache_exit);

MODULE_DESCRIPTION("Leaves a slab cache with three objects, or destroys it with them");
MODULE_LICENSE("Dual MIT/GPL");
