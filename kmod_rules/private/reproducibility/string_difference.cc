// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/string_difference.h"

#include <array>
#include <cstdio>
#include <set>
#include <vector>

namespace kmod::reproducibility {
namespace {

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
    std::array<char, 8> escaped{};
    std::snprintf(escaped.data(), escaped.size(), "\\x%02x",
                  static_cast<unsigned>(static_cast<unsigned char>(byte)));
    result += escaped.data();
  }
  return result + (string->text.size() > kLongest ? "\"…" : "\"");
}

}  // namespace kmod::reproducibility
