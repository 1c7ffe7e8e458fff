// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/scoped_lock.h"

#include <gtest/gtest.h>

namespace kmod {
namespace {

struct FakeLock {
  int held = 0;
  int acquired = 0;
};

void acquire(FakeLock* lock) {
  ++lock->held;
  ++lock->acquired;
}
void release(FakeLock* lock) { --lock->held; }

int held_inside(FakeLock& lock) {
  const ScopedLock locked(&lock, acquire, release);
  return lock.held;
}

TEST(ScopedLockTest, HoldsTheLockUntilTheEndOfTheBlock) {
  FakeLock lock;
  EXPECT_EQ(held_inside(lock), 1);
  EXPECT_EQ(lock.held, 0);
  EXPECT_EQ(lock.acquired, 1);
}

}  // namespace
}  // namespace kmod
