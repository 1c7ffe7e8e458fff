// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_index.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "kmod_rules/private/packages/deb822.h"
#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

std::expected<PackageRecord, std::string> read_record(const packages::Stanza& stanza,
                                                      std::string_view suite) {
  const std::string who = "the package index of " + std::string(suite) + ": package \"" +
                          std::string(stanza.field("Package")) + "\"";
  for (const std::string_view name :
       {"Package", "Version", "Architecture", "Filename", "Size", "SHA256"}) {
    if (stanza.field(name).empty()) {
      return std::unexpected(who + " has no field " + std::string(name) +
                             ": this is not a binary package index");
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
  record.depends =
      std::string(stanza.field("Pre-Depends")) + "," + std::string(stanza.field("Depends"));
  const std::string_view size = stanza.field("Size");
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), record.size);
  if (error != std::errc() || end != size.data() + size.size()) {
    return std::unexpected(who + ": its size is \"" + std::string(size) +
                           "\", which is no number of bytes");
  }
  return record;
}

bool provides(const PackageRecord& record, std::string_view name) {
  // Reading the relation of each of 60,000 packages costs more than looking for the name first.
  if (record.provides.find(name) == std::string::npos) return false;
  return std::ranges::any_of(packages::parse_relation(record.provides),
                             [&](const auto& group) { return group.front() == name; });
}

}  // namespace

std::expected<void, std::string> PackageIndex::add(std::string_view text, std::string_view suite) {
  packages::StanzaReader reader(text);
  while (const auto stanza = reader.next()) {
    auto record = read_record(*stanza, suite);
    if (!record) return std::unexpected(record.error());
    packages_[record->name].push_back(std::move(*record));
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
