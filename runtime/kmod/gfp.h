// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The gfp flags: what an allocation may do to get memory.
#ifndef RUNTIME_KMOD_GFP_H_
#define RUNTIME_KMOD_GFP_H_

// Internal: a unit test has no kernel, so there the values only differ from each other.
#if __STDC_HOSTED__
enum {
  KMOD_GFP_KERNEL,
  KMOD_GFP_KERNEL_ACCOUNT,
  KMOD_GFP_ATOMIC,
  KMOD_GFP_NOWAIT,
  KMOD_GFP_NOIO,
  KMOD_GFP_NOFS,
};
#else
#include "kmod/kernel_constants.h"
#endif

namespace kmod {

// The GFP_ flags of the kernel that the module is built for, with that kernel's values. On a host
// they have values of their own.
enum class Gfp : unsigned int {
  // May sleep, reclaim and do I/O. Process context, with no spinlock held.
  kernel = KMOD_GFP_KERNEL,
  // As kernel, and charged to the memory cgroup of the calling task: for allocations whose size or
  // number userspace controls.
  kernel_account = KMOD_GFP_KERNEL_ACCOUNT,
  // Never sleeps and may use the reserves. Any context except NMI.
  atomic = KMOD_GFP_ATOMIC,
  // Never sleeps and does not use the reserves, so it fails early. Any context except NMI.
  nowait = KMOD_GFP_NOWAIT,
  // May sleep, but starts no I/O: for code that I/O depends on. Process context.
  noio = KMOD_GFP_NOIO,
  // May sleep, but does not call file systems: for code that holds their locks. Process context.
  nofs = KMOD_GFP_NOFS,
};

}  // namespace kmod

#endif  // RUNTIME_KMOD_GFP_H_
