// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_index.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"
#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

base::Result<PackageRecord> read_record(const packages::Stanza& stanza, std::string_view suite) {
  const std::string who =
      fmt::format("the package index of {}: package \"{}\"", suite, stanza.field("Package"));
  for (const std::string_view name :
       {"Package", "Version", "Architecture", "Filename", "Size", "SHA256"}) {
    if (stanza.field(name).empty()) {
      return std::unexpected(
          fmt::format("{} has no field {}: this is not a binary package index", who, name));
    }
  }
  PackageRecord record;
  record.name = stanza.field("Package");
  record.version = stanza.field("Version");
  record.architecture = stanza.field("Architecture");
  record.path = stanza.field("Filename");
  record.sha256 = stanza.field("SHA256");
  record.provides = stanza.field("Provides");
  record.suite = suite;
  record.depends = fmt::format("{},{}", stanza.field("Pre-Depends"), stanza.field("Depends"));
  const auto size = base::parse_number<std::uint64_t>(stanza.field("Size"));
  if (!size) {
    return std::unexpected(fmt::format("{}: its size is \"{}\", which is not a number of bytes",
                                       who, stanza.field("Size")));
  }
  record.size = *size;
  return record;
}

bool provides(const PackageRecord& record, std::string_view name) {
  // Parsing the relations of 60,000 packages would take longer than this search.
  if (record.provides.find(name) == std::string::npos) return false;
  return std::ranges::any_of(packages::parse_relation(record.provides),
                             [&](const auto& group) { return group.front() == name; });
}

}  // namespace

base::Status PackageIndex::add(std::string_view text, std::string_view suite) {
  packages::StanzaReader reader(text);
  while (const auto stanza = reader.next()) {
    PackageRecord record = KMOD_TRY(read_record(*stanza, suite));
    std::vector<PackageRecord>& versions = packages_[record.name];
    versions.push_back(std::move(record));
  }
  return {};
}

const PackageRecord* PackageIndex::newest(std::string_view name) const {
  const PackageRecord* best = nullptr;
  for (const PackageRecord& record : versions(name)) {
    if (best == nullptr || compare_versions(best->version, record.version) < 0) best = &record;
  }
  return best;
}

const std::vector<PackageRecord>& PackageIndex::versions(std::string_view name) const {
  static const std::vector<PackageRecord> none;
  const auto found = packages_.find(name);
  return found == packages_.end() ? none : found->second;
}

std::vector<std::string> PackageIndex::names(std::string_view prefix) const {
  std::vector<std::string> result;
  for (auto entry = packages_.lower_bound(prefix);
       entry != packages_.end() && entry->first.starts_with(prefix); ++entry) {
    result.push_back(entry->first);
  }
  return result;
}

std::vector<std::string> PackageIndex::providers(std::string_view name) const {
  std::vector<std::string> result;
  for (const auto& [package, records] : packages_) {
    if (std::ranges::any_of(records, [&](const auto& record) { return provides(record, name); })) {
      result.push_back(package);
    }
  }
  return result;
}

}  // namespace kmod::lock
