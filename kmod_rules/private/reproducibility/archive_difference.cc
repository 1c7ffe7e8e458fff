// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/archive_difference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "kmod_rules/private/base/archive.h"
#include "kmod_rules/private/base/cpio_archive.h"

namespace kmod::reproducibility {
namespace {

// A member of either kind of archive.
struct Member {
  std::string_view path;
  std::string_view header;  // empty where the archive's reader does not give it
  std::string_view contents;
};

Lines explain_members(const std::vector<Member>& first, const std::vector<Member>& second,
                      Explain inside) {
  const std::size_t count = std::min(first.size(), second.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string member = "member " + std::string(first[i].path);
    if (first[i].path != second[i].path) {
      return {"member " + std::to_string(i + 1) + " is " + std::string(first[i].path) +
              " in the first and " + std::string(second[i].path) + " in the second"};
    }
    if (first[i].contents != second[i].contents) {
      return titled(member + ":", inside(first[i].contents, second[i].contents));
    }
    if (first[i].header != second[i].header) {
      return titled(
          member + ": the same contents, and another mode, owner or time:",
          {"first:  " + std::string(first[i].header), "second: " + std::string(second[i].header)});
    }
  }
  if (first.size() != second.size()) {
    const bool first_has_more = first.size() > second.size();
    const Member& extra = (first_has_more ? first : second)[count];
    return {"member " + std::string(extra.path) + ": only the " +
            (first_has_more ? "first" : "second") + " has it"};
  }
  return {"every member is the same, but not the archive's own headers or tables"};
}

}  // namespace

base::Result<Lines> explain_static_library(std::string_view first, std::string_view second,
                                           Explain inside) {
  std::vector<Member> members[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const auto parsed = base::parse_archive(i == 0 ? first : second);
    if (!parsed) return std::unexpected(parsed.error());
    for (const base::ArchiveMember& member : *parsed) {
      members[i].push_back({member.name, {}, member.bytes});
    }
  }
  return explain_members(members[0], members[1], inside);
}

base::Result<Lines> explain_initramfs(std::string_view first, std::string_view second,
                                      Explain inside) {
  std::vector<Member> members[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const auto parsed = base::parse_cpio(i == 0 ? first : second);
    if (!parsed) return std::unexpected(parsed.error());
    for (const base::CpioEntry& entry : *parsed) {
      members[i].push_back({entry.path, entry.header, entry.contents});
    }
  }
  return explain_members(members[0], members[1], inside);
}

}  // namespace kmod::reproducibility
