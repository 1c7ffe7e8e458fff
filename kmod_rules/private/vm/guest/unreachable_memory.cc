// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/unreachable_memory.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

constexpr const char* kKmemleak = "/sys/kernel/debug/kmemleak";
constexpr std::string_view kPiece = "unreferenced object 0x";

// unreferenced object 0xffff888003a1e000 (size 64):
std::optional<std::uint64_t> parse_size(std::string_view line) {
  constexpr std::string_view kSize = " (size ";
  constexpr std::string_view kEnd = "):";
  const std::size_t begin = line.find(kSize);
  if (begin == std::string_view::npos || !line.ends_with(kEnd)) return std::nullopt;
  line.remove_suffix(kEnd.size());
  return base::parse_number<std::uint64_t>(line.substr(begin + kSize.size()));
}

}  // namespace

bool has_kmemleak() {
  std::error_code error;
  return std::filesystem::exists(kKmemleak, error);
}

base::Result<std::vector<AllocationSite>> find_unreachable_memory() {
  for (int scan = 0; scan < 2; ++scan) KMOD_TRY(base::write_file(kKmemleak, "scan"));
  const std::string text = KMOD_TRY(base::read_file(kKmemleak));
  auto sites = parse_kmemleak(text);
  if (!sites) return std::unexpected(std::string(kKmemleak) + ": " + sites.error());
  return sites;
}

base::Result<std::vector<AllocationSite>> parse_kmemleak(std::string_view text) {
  std::vector<AllocationSite> sites;
  bool in_piece = false;
  const std::vector<std::string_view> lines = base::split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (line.starts_with(kPiece)) {
      const auto size = parse_size(line);
      if (!size) return wrong_line(i, line);
      // One whose stack has no module in it is overwritten by the next.
      if (sites.empty() || !sites.back().addresses.empty()) sites.emplace_back();
      sites.back() = {.count = 1, .bytes = *size, .addresses = {}};
      in_piece = true;
      continue;
    }
    if (!in_piece || !line.starts_with("  ")) return wrong_line(i, line);
    // In the backtrace: [<0000000072bd8d94>] 0xffffffffc0202014
    const std::size_t name = line.find(">] ");
    if (name == std::string_view::npos) continue;
    if (const auto address = parse_module_address(line.substr(name + 3))) {
      sites.back().addresses.push_back(*address);
    }
  }
  if (!sites.empty() && sites.back().addresses.empty()) sites.pop_back();
  return sites;
}

}  // namespace kmod::vm
