// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "record.h"

#include <linux/hash.h>
#include <linux/list.h>
#include <linux/spinlock.h>

#define BUCKET_BITS 9
#define RECORDS 2048

// The probes run where nothing can be allocated.
static struct watch_record records[RECORDS];
static struct hlist_head buckets[1 << BUCKET_BITS];
static struct hlist_head unused;
static unsigned int taken;  // of `records`, from the front; a part of them is in `unused`
static unsigned int missed;
static DEFINE_RAW_SPINLOCK(lock);

static struct hlist_head *bucket_of(const void *object) {
  return &buckets[hash_ptr(object, BUCKET_BITS)];
}

static struct watch_record *look_up(enum watch_kind kind, const void *object, const void *chain) {
  struct watch_record *record;

  hlist_for_each_entry(record, bucket_of(object), node) {
    if (record->kind == kind && record->object == object && record->chain == chain) return record;
  }
  return NULL;
}

static struct watch_record *add(const struct watch_record *key) {
  struct watch_record *record;

  if (!hlist_empty(&unused)) {
    record = hlist_entry(unused.first, struct watch_record, node);
    hlist_del(&record->node);
  } else if (taken < RECORDS) {
    record = &records[taken++];
  } else {
    ++missed;
    return NULL;
  }
  *record = *key;
  record->pending = 0;
  record->running = 0;
  hlist_add_head(&record->node, bucket_of(record->object));
  return record;
}

static void drop_if_idle(struct watch_record *record) {
  if (record->pending || record->running) return;
  hlist_del(&record->node);
  hlist_add_head(&record->node, &unused);
}

void watch_begin(const struct watch_record *key) {
  struct watch_record *record;
  unsigned long flags;

  raw_spin_lock_irqsave(&lock, flags);
  record = look_up(key->kind, key->object, key->chain);
  if (!record) record = add(key);
  if (record) {
    record->function = key->function;
    record->pending = 1;
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

// Nearly all timers and work of a kernel are none of a module, and their buckets are empty. What
// begins and ends an object is in order, by a lock of the kernel, so reading this without a lock is
// enough.
static bool is_bucket_empty(const void *object) { return !READ_ONCE(bucket_of(object)->first); }

void watch_end(enum watch_kind kind, void *object, void *chain) {
  struct watch_record *record;
  unsigned long flags;

  if (is_bucket_empty(object)) return;
  raw_spin_lock_irqsave(&lock, flags);
  record = look_up(kind, object, chain);
  if (record) {
    record->pending = 0;
    drop_if_idle(record);
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

void watch_run(enum watch_kind kind, void *object, void *function) {
  const struct watch_record key = {.kind = kind, .object = object, .function = function};
  struct watch_record *record;
  unsigned long flags;

  if (!watch_is_of_module(function) && is_bucket_empty(object)) return;
  raw_spin_lock_irqsave(&lock, flags);
  record = look_up(kind, object, NULL);
  if (!record && watch_is_of_module(function)) record = add(&key);
  if (record) {
    record->pending = 0;
    ++record->running;
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

void watch_return(enum watch_kind kind, void *object) {
  struct watch_record *record;
  unsigned long flags;

  if (is_bucket_empty(object)) return;
  raw_spin_lock_irqsave(&lock, flags);
  record = look_up(kind, object, NULL);
  if (record && record->running) {
    --record->running;
    drop_if_idle(record);
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

static bool is_registration(enum watch_kind kind) { return kind >= WATCH_ATOMIC_NOTIFIER; }

static bool is_of(const struct watch_record *record, const struct module *module) {
  return watch_is_of(module, record->function) ||
         (is_registration(record->kind) && watch_is_of(module, record->object));
}

bool watch_find(const struct module *module, struct watch_record *found) {
  const struct watch_record *record;
  unsigned long flags;
  bool is_found = false;
  size_t i;

  raw_spin_lock_irqsave(&lock, flags);
  for (i = 0; i < ARRAY_SIZE(buckets) && !is_found; ++i) {
    hlist_for_each_entry(record, &buckets[i], node) {
      if (!is_of(record, module)) continue;
      *found = *record;
      is_found = true;
      break;
    }
  }
  raw_spin_unlock_irqrestore(&lock, flags);
  return is_found;
}

bool watch_read_again(struct watch_record *record) {
  const struct watch_record *now;
  unsigned long flags;

  raw_spin_lock_irqsave(&lock, flags);
  now = look_up(record->kind, record->object, record->chain);
  if (now) *record = *now;
  raw_spin_unlock_irqrestore(&lock, flags);
  return now != NULL;
}

void watch_forget(const struct watch_record *record) {
  struct watch_record *old;
  unsigned long flags;

  raw_spin_lock_irqsave(&lock, flags);
  old = look_up(record->kind, record->object, record->chain);
  if (old) {
    old->pending = 0;
    old->running = 0;
    drop_if_idle(old);
  }
  raw_spin_unlock_irqrestore(&lock, flags);
}

unsigned int watch_missed(void) { return READ_ONCE(missed); }
