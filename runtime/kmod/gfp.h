// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What an allocation may do to find memory.
#ifndef RUNTIME_KMOD_GFP_H_
#define RUNTIME_KMOD_GFP_H_

#include "runtime/shim/alloc.h"

namespace kmod {

// The kernel's GFP_ flags by their names. shim/alloc.c translates them to those of the kernel it is
// compiled for.
enum class Gfp : unsigned int {
  // May sleep, reclaim and do I/O. Process context without spinlocks.
  kernel = KMOD_GFP_KERNEL,
  // As kernel, and charged to the memory cgroup of the calling task: for memory whose amount
  // userspace decides.
  kernel_account = KMOD_GFP_KERNEL_ACCOUNT,
  // Never sleeps and may use reserves. Any context but NMI.
  atomic = KMOD_GFP_ATOMIC,
  // Never sleeps and leaves the reserves alone, so that it fails early. Any context but NMI.
  nowait = KMOD_GFP_NOWAIT,
  // May sleep, but starts no I/O: for code that I/O waits for.
  noio = KMOD_GFP_NOIO,
  // May sleep, but does not call into file systems: for code that holds their locks.
  nofs = KMOD_GFP_NOFS,
};

}  // namespace kmod

#endif  // RUNTIME_KMOD_GFP_H_
