// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The end of the part counts as a zero: after "~", before letters, and those before other
// characters.
int rank(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (text[at] == '~') return -1;
  return is_letter(text[at]) ? text[at] : text[at] + 256;
}

std::string_view take_number(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == '0') ++at;
  const std::size_t start = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return text.substr(start, at - start);
}

std::strong_ordering compare_parts(std::string_view left, std::string_view right) {
  std::size_t l = 0;
  std::size_t r = 0;
  while (l < left.size() || r < right.size()) {
    while ((l < left.size() && !is_digit(left[l])) || (r < right.size() && !is_digit(right[r]))) {
      if (const auto order = rank(left, l) <=> rank(right, r); order != 0) return order;
      ++l;
      ++r;
    }
    const std::string_view left_number = take_number(left, l);
    const std::string_view right_number = take_number(right, r);
    if (const auto order = left_number.size() <=> right_number.size(); order != 0) return order;
    if (const auto order = left_number <=> right_number; order != 0) return order;
  }
  return std::strong_ordering::equal;
}

struct Parts {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

Parts split_version(std::string_view version) {
  Parts parts;
  if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
    parts.epoch = version.substr(0, colon);
    version.remove_prefix(colon + 1);
  }
  const std::size_t dash = version.rfind('-');
  parts.upstream = version.substr(0, dash);
  if (dash != std::string_view::npos) parts.revision = version.substr(dash + 1);
  return parts;
}

}  // namespace

std::strong_ordering compare_versions(std::string_view left, std::string_view right) {
  const Parts l = split_version(left);
  const Parts r = split_version(right);
  if (const auto order = compare_parts(l.epoch, r.epoch); order != 0) return order;
  if (const auto order = compare_parts(l.upstream, r.upstream); order != 0) return order;
  return compare_parts(l.revision, r.revision);
}

}  // namespace kmod::lock
