// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What the kernel says about memory in use and who asked for it. It prints an address of its own
// code, and of a module that is loaded, by name; that of a module that is gone it can only print as
// a number. So a number in the modules' part of the address space is the mark of a leak.
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_ALLOCATION_SITE_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_ALLOCATION_SITE_H_

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

struct AllocationSite {
  std::uint64_t count = 0;               // pieces of memory
  std::uint64_t bytes = 0;               // together; 0 where the text does not say
  std::vector<std::uint64_t> addresses;  // those of modules that are gone, innermost first
  bool by_kernel = false;                // a function of the kernel allocated it for the module

  bool operator==(const AllocationSite&) const = default;
};

// A printed address, if it is in the range of modules.
[[nodiscard]] std::optional<std::uint64_t> parse_module_address(std::string_view word);

// The error for a line of such a file that is not as it should be.
[[nodiscard]] std::unexpected<std::string> wrong_line(std::size_t index, std::string_view line);

// /sys/kernel/debug/slab/<cache>/alloc_traces (since Linux 5.17, with slub_debug=U): only the sites
// that have an address of a module that is gone, without what vmalloc() and its like keep their
// books in.
//
// Errors: the number of the line that is not as it should be, and the line.
[[nodiscard]] base::Result<std::vector<AllocationSite>> parse_alloc_traces(std::string_view text);

// /proc/vmallocinfo: the areas whose caller is in a module that is gone, each its own site.
//
// Errors: as above.
[[nodiscard]] base::Result<std::vector<AllocationSite>> parse_vmallocinfo(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_ALLOCATION_SITE_H_
