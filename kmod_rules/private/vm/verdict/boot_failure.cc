// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/boot_failure.h"

#include <algorithm>
#include <iterator>

namespace kmod::vm {
namespace {

constexpr std::uint64_t kMib = 1 << 20;

std::string explain_decompressor(const Observation& seen) {
  const auto end = std::ranges::find_if(seen.console, is_decompressor_end);
  if (end == seen.console.end()) return "";
  // What it has to say stands above, between empty lines.
  const auto said = std::find_if(std::make_reverse_iterator(end), seen.console.rend(),
                                 [](const std::string& line) { return !line.empty(); });
  return "; the kernel's image cannot be unpacked, it is damaged or incomplete" +
         (said == seen.console.rend() ? "" : ": " + *said);
}

std::string explain_silence(const Observation& seen) {
  if (seen.stop != Stop::kGuestLeft) return "";
  const bool begun = std::ranges::any_of(
      seen.console, [](const std::string& line) { return line.starts_with("[ "); });
  return begun ? "" : "; the kernel did not even begin, as when its image is damaged or incomplete";
}

std::string explain_memory(const Observation& seen) {
  // While it is unpacked, an initramfs is in memory twice.
  if (seen.initramfs_size * 2 <= seen.memory_mib * kMib) return "";
  return "; the initramfs has " + std::to_string(seen.initramfs_size / kMib) +
         " MiB, and is in memory twice while it is unpacked, of which the machine has " +
         std::to_string(seen.memory_mib) +
         " MiB: the test's attribute memory sets that, and data and programs make the initramfs";
}

}  // namespace

bool is_decompressor_end(std::string_view line) { return line == " -- System halted"; }

std::string explain_boot_failure(const Observation& seen) {
  const std::string said = explain_decompressor(seen);
  return (said.empty() ? explain_silence(seen) : said) + explain_memory(seen);
}

}  // namespace kmod::vm
