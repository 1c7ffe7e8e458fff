// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/archive.h"

#include <ar.h>

#include <cstddef>
#include <cstdint>

#include "kmod_rules/private/base/text.h"

namespace kmod::base {
namespace {

constexpr std::string_view kThinMagic = "!<thin>\n";

// Fields of the member header are padded with spaces.
std::string_view unpadded(std::string_view field) {
  const std::size_t last = field.find_last_not_of(' ');
  return last == std::string_view::npos ? std::string_view() : field.substr(0, last + 1);
}

}  // namespace

bool is_archive(std::string_view bytes) {
  return bytes.starts_with(ARMAG) || bytes.starts_with(kThinMagic);
}

Result<std::vector<ArchiveMember>> parse_archive(std::string_view bytes) {
  if (bytes.starts_with(kThinMagic)) {
    return std::unexpected(
        "is a thin archive, which only refers to its members. Create it without ar's T modifier");
  }
  if (!bytes.starts_with(ARMAG)) return std::unexpected("is not an archive");
  std::vector<ArchiveMember> members;
  std::string_view long_names;
  std::size_t offset = SARMAG;
  while (offset < bytes.size()) {
    if (bytes.size() - offset < sizeof(ar_hdr)) return std::unexpected("ends inside a header");
    const std::string_view header = bytes.substr(offset, sizeof(ar_hdr));
    std::string_view name = unpadded(header.substr(offsetof(ar_hdr, ar_name), 16));
    const auto size =
        parse_number<std::uint64_t>(unpadded(header.substr(offsetof(ar_hdr, ar_size), 10)));
    if (!size || !header.ends_with(ARFMAG)) return std::unexpected("has a damaged header");
    offset += sizeof(ar_hdr);
    if (*size > bytes.size() - offset) return std::unexpected("ends inside a member");
    const std::string_view contents = bytes.substr(offset, *size);
    offset += *size + *size % 2;  // members start at even offsets
    if (name == "/" || name == "/SYM64/") continue;
    if (name == "//") {
      long_names = contents;
      continue;
    }
    if (name.starts_with('/')) {
      const auto start = parse_number<std::uint64_t>(name.substr(1));
      if (!start || *start >= long_names.size()) return std::unexpected("has a damaged name");
      name = long_names.substr(*start);
      name = name.substr(0, name.find('\n'));
    }
    if (name.ends_with('/')) name.remove_suffix(1);
    members.push_back({name, contents});
  }
  return members;
}

Result<std::vector<ArchiveMember>> members_of(std::string_view bytes) {
  if (is_archive(bytes)) return parse_archive(bytes);
  return std::vector<ArchiveMember>{{.name = "", .bytes = bytes}};
}

}  // namespace kmod::base
