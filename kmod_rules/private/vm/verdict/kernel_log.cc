// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/kernel_log.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// Takes a number and the separator after it.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto used = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc() || used >= text.size()) return std::nullopt;
  text.remove_prefix(used + 1);
  return value;
}

std::string unescape(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    unsigned value = 0;
    if (text.size() >= 4 && text.starts_with("\\x") &&
        std::from_chars(text.data() + 2, text.data() + 4, value, 16).ptr == text.data() + 4) {
      plain.push_back(static_cast<char>(value));
      text.remove_prefix(4);
    } else {
      plain.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return plain;
}

// "[    1.234567]" or "[    T12]", "[C0]": brackets, spaces, then digits, a dot or a caller's
// letter.
std::size_t bracket_size(std::string_view line) {
  if (!line.starts_with('[')) return 0;
  const std::size_t end = line.find(']');
  if (end == std::string_view::npos || end == 1) return 0;
  std::string_view inside = line.substr(1, end - 1);
  inside.remove_prefix(std::min(inside.find_first_not_of(' '), inside.size()));
  if (inside.starts_with('T') || inside.starts_with('C')) inside.remove_prefix(1);
  if (inside.empty() || inside.find_first_not_of("0123456789.") != std::string_view::npos) return 0;
  return end + 1;
}

// "<4>[    1.234567]" at the start of the text, with what follows.
std::optional<ConsoleRecord> parse_console_record(std::string_view text) {
  text.remove_prefix(1);  // '<'
  unsigned priority = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), priority);
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  if (error != std::errc() || !text.starts_with(">[")) return std::nullopt;
  text.remove_prefix(1);
  std::string_view inside = text.substr(1, text.find(']') - 1);
  inside.remove_prefix(std::min(inside.find_first_not_of(' '), inside.size()));
  const auto seconds = take_number(inside);
  if (!seconds || inside.size() != 6) return std::nullopt;
  const auto microseconds = base::parse_number<std::uint64_t>(inside);
  if (!microseconds) return std::nullopt;
  return ConsoleRecord{.before = {},
                       .facility = static_cast<int>(priority >> 3),
                       .time_us = *seconds * 1'000'000 + *microseconds,
                       .stamped = text};
}

}  // namespace

base::Result<KernelLogRecord> parse_kmsg(std::string_view raw) {
  const auto wrong = [&] {
    return std::unexpected(fmt::format("\"{}\" is not a record of /dev/kmsg", raw));
  };
  std::string_view rest = raw;
  const auto priority = take_number(rest);
  const auto sequence = priority ? take_number(rest) : std::nullopt;
  const auto time_us = sequence ? take_number(rest) : std::nullopt;
  const std::size_t text = rest.find(';');
  if (!time_us || text == std::string_view::npos) return wrong();
  rest.remove_prefix(text + 1);
  return KernelLogRecord{
      .sequence = *sequence,
      .time_us = *time_us,
      .level = static_cast<int>(*priority & 7),
      .text = unescape(rest.substr(0, rest.find('\n'))),
      .facility = static_cast<int>(*priority >> 3),
  };
}

std::optional<ConsoleRecord> parse_console_line(std::string_view line) {
  for (std::size_t i = line.find('<'); i != std::string_view::npos; i = line.find('<', i + 1)) {
    auto record = parse_console_record(line.substr(i));
    if (!record) continue;
    record->before = line.substr(0, i);
    return record;
  }
  return std::nullopt;
}

std::string_view strip_console_prefix(std::string_view line) {
  for (std::size_t size = bracket_size(line); size != 0; size = bracket_size(line)) {
    line.remove_prefix(size);
  }
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

std::string format_record(const KernelLogRecord& record) {
  return fmt::format("[{:5}.{:06}] {}", record.time_us / 1'000'000, record.time_us % 1'000'000,
                     record.text);
}

}  // namespace kmod::vm
