// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/byte_difference.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace kmod::reproducibility {
namespace {

constexpr std::size_t kBytesBefore = 4;
constexpr std::size_t kBytesShown = 20;

// Shorter runs of printable bytes happen in machine code.
constexpr std::size_t kShortestText = 4;
constexpr std::size_t kTextBefore = 60;
constexpr std::size_t kTextShown = 160;

bool printable(char byte) { return byte >= ' ' && byte <= '~'; }

std::string bytes_around(std::string_view bytes, std::size_t offset) {
  const std::size_t start = offset - std::min(offset, kBytesBefore);
  std::string text = hexadecimal(start) + ":";
  for (std::size_t i = start; i < std::min(bytes.size(), start + kBytesShown); ++i) {
    std::array<char, 8> byte{};
    std::snprintf(byte.data(), byte.size(), i == offset ? " [%02x]" : " %02x",
                  static_cast<unsigned>(static_cast<unsigned char>(bytes[i])));
    text += byte.data();
  }
  if (offset >= bytes.size()) text += " (ends)";
  return text;
}

// The printable run around the offset, quoted; empty where there is none.
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

}  // namespace

std::string hexadecimal(std::size_t number) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "0x%zx", number);
  return text.data();
}

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

}  // namespace kmod::reproducibility
