// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// The number of objects in use, by the cache.
using SlabCounts = std::map<std::string, std::uint64_t, std::less<>>;

// /proc/slabinfo, version 2.1: the caches of kmalloc(), such as kmalloc-64, kmalloc-cg-64 and
// dma-kmalloc-64.
//
// Errors: another version, or a malformed line, with its number.
[[nodiscard]] base::Result<SlabCounts> parse_slabinfo(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_
