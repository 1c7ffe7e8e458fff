// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/allocation_site.h"

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// MODULES_VADDR and MODULES_END of x86-64 with CONFIG_RANDOMIZE_BASE
// (Documentation/x86/x86_64/mm.rst).
constexpr std::uint64_t kModulesBegin = 0xffffffffc0000000;
constexpr std::uint64_t kModulesEnd = 0xffffffffff000000;
// The beginning of every such address.
constexpr std::string_view kModuleMark = "0xffffffff";
constexpr std::string_view kNoObjects = "No data\n";
constexpr std::uint64_t kPageSize = 4096;

// One site of alloc_traces: a line with a count and the caller, then the stack, one address a line.
// A kernel without memory for a stack omits it.
std::optional<AllocationSite> parse_site(std::string_view text) {
  const std::vector<std::string_view> lines = base::split_lines(text);
  const std::vector<std::string_view> head =
      lines.empty() ? std::vector<std::string_view>() : base::words(lines[0]);
  const auto count = head.size() < 2 ? std::nullopt : base::parse_number<std::uint64_t>(head[0]);
  if (!count) return std::nullopt;
  AllocationSite site = {*count, 0, {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string_view> words = base::words(lines[i]);
    if (words.empty()) continue;
    // Bookkeeping of vmalloc(), vmap() and ioremap(): parse_vmallocinfo() has the memory itself.
    for (const char* function : {"__vmalloc_node_range", "__get_vm_area_node"}) {
      if (words[0].starts_with(function)) return AllocationSite{*count, 0, {}};
    }
    if (const auto address = parse_module_address(words[0])) site.addresses.push_back(*address);
  }
  const auto caller = parse_module_address(head[1]);
  site.by_kernel = !caller;
  if (site.addresses.empty() && caller) site.addresses.push_back(*caller);
  return site;
}

}  // namespace

std::optional<std::uint64_t> parse_module_address(std::string_view word) {
  if (!word.starts_with("0x")) return std::nullopt;
  const auto address = base::parse_number<std::uint64_t>(word.substr(2), 16);
  if (!address || *address < kModulesBegin || *address >= kModulesEnd) return std::nullopt;
  return address;
}

std::unexpected<std::string> wrong_line(std::size_t index, std::string_view line) {
  return std::unexpected("line " + std::to_string(index + 1) + " is \"" + std::string(line) +
                         "\", which this program does not understand");
}

base::Result<std::vector<AllocationSite>> parse_alloc_traces(std::string_view text) {
  if (!text.empty() && text != kNoObjects && !parse_site(text.substr(0, text.find("\n\n")))) {
    return wrong_line(0, text.substr(0, text.find('\n')));
  }
  // The text is long, most of it is about the kernel's own sites, and the processor is emulated: so
  // only the text around a hit is parsed.
  std::vector<AllocationSite> sites;
  for (std::size_t hit = text.find(kModuleMark); hit != std::string_view::npos;) {
    const std::size_t before = text.rfind("\n\n", hit);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 2;
    const std::size_t end = std::min(text.find("\n\n", hit), text.size());
    auto site = parse_site(text.substr(begin, end - begin));
    if (!site) {
      return wrong_line(static_cast<std::size_t>(std::ranges::count(text.substr(0, begin), '\n')),
                        text.substr(begin, text.find('\n', begin) - begin));
    }
    if (!site->addresses.empty()) sites.push_back(*std::move(site));
    hit = text.find(kModuleMark, end);
  }
  return sites;
}

base::Result<std::vector<AllocationSite>> parse_vmallocinfo(std::string_view text) {
  std::vector<AllocationSite> sites;
  const std::vector<std::string_view> lines = base::split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // 0xffffc90000589000-0xffffc9000058d000   16384 0xffffffffc020600f pages=3 vmalloc N0=3
    const std::vector<std::string_view> words = base::words(lines[i]);
    const auto size = words.size() < 2 ? std::nullopt : base::parse_number<std::uint64_t>(words[1]);
    if (!size || *size < kPageSize || !words[0].starts_with("0x")) return wrong_line(i, lines[i]);
    if (words.size() < 3) continue;
    const auto caller = parse_module_address(words[2]);
    // The last page of an area is a guard page without memory.
    if (caller) sites.push_back({1, *size - kPageSize, {*caller}});
  }
  return sites;
}

}  // namespace kmod::vm
