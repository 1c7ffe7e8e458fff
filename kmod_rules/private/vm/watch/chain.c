// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "chain.h"

#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/rtnetlink.h>
#include <linux/uaccess.h>

static struct notifier_block **head_of(const struct watch_record *record) {
  switch (record->kind) {
    case WATCH_ATOMIC_NOTIFIER:
      return (struct notifier_block **)&((struct atomic_notifier_head *)record->chain)->head;
    case WATCH_BLOCKING_NOTIFIER:
      return (struct notifier_block **)&((struct blocking_notifier_head *)record->chain)->head;
    case WATCH_RAW_NOTIFIER:
      return (struct notifier_block **)&((struct raw_notifier_head *)record->chain)->head;
    case WATCH_SRCU_NOTIFIER:
      return (struct notifier_block **)&((struct srcu_notifier_head *)record->chain)->head;
    default:
      return NULL;
  }
}

// Where the chain points to the block; NULL if it does not.
static struct notifier_block **find_link(const struct watch_record *record) {
  struct notifier_block **link = head_of(record);
  struct notifier_block *block = NULL;
  int most = 10000;

  while (link && most-- > 0 && copy_from_kernel_nofault(&block, link, sizeof(block)) == 0) {
    if (block == record->object) return link;
    link = block ? (struct notifier_block **)&block->next : NULL;
  }
  return NULL;
}

bool watch_is_on_chain(const struct watch_record *record) { return find_link(record) != NULL; }

// Whether it is the chain of modules, whose head is not exported: the block of this module is on
// it.
static bool is_chain_of_modules(const void *chain) {
  struct watch_record own;

  return watch_find(THIS_MODULE, &own) && own.chain == chain;
}

// The caller reads the chain, so nothing else changes it, and its lock cannot be taken for writing.
static void unlink_block(const struct watch_record *record) {
  struct notifier_block **link = find_link(record);

  if (link) WRITE_ONCE(*link, ((struct notifier_block *)record->object)->next);
}

void watch_take_off_chain(const struct watch_record *record) {
  if (is_chain_of_modules(record->chain)) {
    unlink_block(record);
    return;
  }
  switch (record->kind) {
    case WATCH_ATOMIC_NOTIFIER:
      atomic_notifier_chain_unregister(record->chain, record->object);
      break;
    case WATCH_BLOCKING_NOTIFIER:
      blocking_notifier_chain_unregister(record->chain, record->object);
      break;
    case WATCH_RAW_NOTIFIER:
      // The lock of a raw chain is its owner's. That of network devices is the only one of a stock
      // kernel that modules can register on.
      rtnl_lock();
      raw_notifier_chain_unregister(record->chain, record->object);
      rtnl_unlock();
      break;
    case WATCH_SRCU_NOTIFIER:
      srcu_notifier_chain_unregister(record->chain, record->object);
      break;
    default:
      break;
  }
}
