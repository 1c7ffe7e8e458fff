// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/watch_report.h"

#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// Whether the line begins with the keyword, which is removed.
bool take_keyword(std::string_view& line, std::string_view keyword) {
  if (!line.starts_with(keyword)) return false;
  line.remove_prefix(keyword.size());
  return true;
}

std::optional<WatchReport::Left> parse_left(std::string_view text) {
  const std::size_t space = text.find(' ');
  const auto count = base::parse_number<std::uint32_t>(text.substr(0, space));
  if (!count || space == std::string_view::npos) return std::nullopt;
  return WatchReport::Left{*count, std::string(text.substr(space + 1))};
}

}  // namespace

base::Result<WatchReport> parse_watch_report(std::string_view text) {
  WatchReport report;
  bool is_complete = false;
  for (const std::string_view line : base::split_lines(text)) {
    std::string_view rest = line;
    if (take_keyword(rest, "unplaced ")) {
      report.unplaced.emplace_back(rest);
      continue;
    }
    if (take_keyword(rest, "checked ")) {
      const auto count = base::parse_number<std::uint32_t>(rest);
      report.checked = count.value_or(0);
      is_complete = count.has_value();
      if (count) continue;
    } else if (take_keyword(rest, "failed ")) {
      report.failed = rest;
      continue;
    } else if (take_keyword(rest, "allocations ")) {
      if (base::parse_number<std::uint64_t>(rest)) continue;
    } else if (take_keyword(rest, "left ")) {
      auto left = parse_left(rest);
      if (left) {
        report.left.push_back(*std::move(left));
        continue;
      }
    }
    return std::unexpected("the line \"" + std::string(line) + "\" cannot be parsed");
  }
  if (!is_complete) return std::unexpected(std::string("it has no line \"checked\""));
  return report;
}

}  // namespace kmod::vm
