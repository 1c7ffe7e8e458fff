// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace kmod::vm {

// How many objects of a cache are in use, by the cache.
using SlabCounts = std::map<std::string, std::uint64_t, std::less<>>;

// /proc/slabinfo, version 2.1: the caches of kmalloc(), such as kmalloc-64, kmalloc-cg-64 and
// dma-kmalloc-64.
//
// Errors: another version, or the number of the line that is not as it should be, and the line.
[[nodiscard]] std::expected<SlabCounts, std::string> parse_slabinfo(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_SLAB_COUNTS_H_
