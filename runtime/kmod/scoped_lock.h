// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Holds a lock of the kernel until the end of a block, by the functions that acquire and release
// it:
//
//   const kmod::ScopedLock locked(&lock_, mutex_lock, mutex_unlock);
//   const kmod::ScopedLock readers(&semaphore_, down_read, up_read);
//
// Context: that of the functions.
#ifndef RUNTIME_KMOD_SCOPED_LOCK_H_
#define RUNTIME_KMOD_SCOPED_LOCK_H_

namespace kmod {

// Acquires in the constructor, and releases in the destructor.
template <class Lock>
class [[nodiscard]] ScopedLock {
 public:
  [[gnu::always_inline]] ScopedLock(Lock* lock, void (*acquire)(Lock*), void (*release)(Lock*))
      : lock_(lock), release_(release) {
    acquire(lock_);
  }
  ScopedLock(const ScopedLock&) = delete;
  ScopedLock& operator=(const ScopedLock&) = delete;
  [[gnu::always_inline]] ~ScopedLock() { release_(lock_); }

 private:
  Lock* lock_;
  void (*release_)(Lock*);
};

}  // namespace kmod

#endif  // RUNTIME_KMOD_SCOPED_LOCK_H_
