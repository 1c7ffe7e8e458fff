// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/byte_difference.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace kmod::reproducibility {
namespace {

constexpr std::size_t kBytesBefore = 4;
constexpr std::size_t kBytesShown = 20;

// Machine code contains shorter runs of printable bytes.
constexpr std::size_t kShortestText = 4;
constexpr std::size_t kTextBefore = 60;
constexpr std::size_t kTextShown = 160;

bool printable(char byte) { return byte >= ' ' && byte <= '~'; }

std::string bytes_around(std::string_view bytes, std::size_t offset) {
  const std::size_t start = offset - std::min(offset, kBytesBefore);
  std::string text = hexadecimal(start) + ":";
  for (std::size_t i = start; i < std::min(bytes.size(), start + kBytesShown); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += i == offset ? fmt::format(" [{:02x}]", byte) : fmt::format(" {:02x}", byte);
  }
  if (offset >= bytes.size()) text += " (ends)";
  return text;
}

// The printable run around the offset, quoted; empty if there is none.
std::string text_around(std::string_view bytes, std::size_t offset) {
  std::size_t start = std::min(offset, bytes.size());
  std::size_t end = start;
  while (start > 0 && printable(bytes[start - 1])) --start;
  while (end < bytes.size() && printable(bytes[end])) ++end;
  if (end - start < kShortestText) return {};
  const std::size_t from = std::max(start, offset - std::min(offset, kTextBefore));
  const std::size_t to = std::min(end, from + kTextShown);
  return (from > start ? "…\"" : "\"") + std::string(bytes.substr(from, to - from)) +
         (to < end ? "\"…" : "\"");
}

constexpr std::size_t kLongest = 160;

std::vector<StringAt> strings_of(std::string_view section) {
  std::vector<StringAt> strings;
  std::size_t start = 0;
  while (start < section.size()) {
    const std::string_view text = section.substr(start, section.find('\0', start) - start);
    strings.push_back({text, start});
    start += text.size() + 1;
  }
  return strings;
}

}  // namespace

Lines titled(std::string title, Lines lines) {
  for (std::string& line : lines) line.insert(0, "  ");
  lines.insert(lines.begin(), std::move(title));
  return lines;
}

std::string hexadecimal(std::size_t number) { return fmt::format("{:#x}", number); }

std::optional<std::size_t> first_difference(std::string_view first, std::string_view second) {
  const auto [left, right] = std::ranges::mismatch(first, second);
  if (left == first.end() && right == second.end()) return std::nullopt;
  return static_cast<std::size_t>(left - first.begin());
}

Lines show_bytes(std::string_view first, std::string_view second, std::size_t offset) {
  Lines lines = {"first:  " + bytes_around(first, offset),
                 "second: " + bytes_around(second, offset)};
  std::string in_first = text_around(first, offset);
  std::string in_second = text_around(second, offset);
  if (in_first.empty() && in_second.empty()) return lines;
  const auto named = [](std::string text) { return text.empty() ? "no text" : std::move(text); };
  lines.push_back("first:  " + named(std::move(in_first)));
  lines.push_back("second: " + named(std::move(in_second)));
  return lines;
}

std::optional<StringAt> string_of_one(std::string_view section, std::string_view other) {
  std::set<std::string_view> others;
  for (const StringAt& string : strings_of(other)) others.insert(string.text);
  for (const StringAt& string : strings_of(section)) {
    if (!others.contains(string.text)) return string;
  }
  return std::nullopt;
}

std::string quoted(const std::optional<StringAt>& string) {
  if (!string) return "none";
  std::string result = "\"";
  for (const char byte : string->text.substr(0, kLongest)) {
    if (byte >= ' ' && byte <= '~') {
      result += byte;
      continue;
    }
    result += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  }
  return result + (string->text.size() > kLongest ? "\"…" : "\"");
}

}  // namespace kmod::reproducibility
