// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Memory that is allocated and that nothing points to, as kmemleak finds it in a debugging kernel
// (CONFIG_DEBUG_KMEMLEAK). It knows the memory of all slab caches and of vmalloc(), and who
// allocated it.
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_UNREACHABLE_MEMORY_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_UNREACHABLE_MEMORY_H_

#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/guest/allocation_site.h"

namespace kmod::vm {

// Whether the kernel has kmemleak.
[[nodiscard]] bool has_kmemleak();

// Has the kernel scan its memory twice, which takes seconds: kmemleak takes memory that has changed
// since the last scan for reachable, and memory of the last 5 s in any case, so call it that long
// after the last module has gone.
//
// Returns what code of modules that are gone has allocated.
//
// Context: root in the guest, with debugfs mounted. Errors: the kernel has switched kmemleak off,
// for example because it ran out of memory for it; its answer cannot be read or understood.
[[nodiscard]] base::Result<std::vector<AllocationSite>> find_unreachable_memory();

// The text of /sys/kernel/debug/kmemleak: the pieces of memory whose stack has an address of a
// module that is gone, each its own site.
//
// Errors: the number of the line that is not as it should be, and the line.
[[nodiscard]] base::Result<std::vector<AllocationSite>> parse_kmemleak(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_UNREACHABLE_MEMORY_H_
