// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/resolve.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

// The package for a dependency; empty if the dependency is excluded or the set names it already.
using Choice = base::Result<std::string>;

// Resolves one set.
class SetResolver {
 public:
  SetResolver(const PackageSet& set, const Excluded& excluded, const PackageIndex& index)
      : set_(set), excluded_(excluded), index_(index), named_(set.roots.begin(), set.roots.end()) {
    named_.insert(set.without_dependencies.begin(), set.without_dependencies.end());
  }

  base::Result<std::map<std::string, const PackageRecord*>> run() {
    std::deque<std::string> queue(set_.roots.begin(), set_.roots.end());
    for (const std::string& name : set_.without_dependencies) KMOD_TRY(find(name));
    while (!queue.empty()) {
      const std::string name = queue.front();
      queue.pop_front();
      if (found_.contains(name)) continue;
      const PackageRecord* const record = KMOD_TRY(find(name));
      for (const auto& alternatives : packages::parse_relation(record->depends)) {
        std::string choice = KMOD_TRY(choose(alternatives, name));
        if (!choice.empty()) queue.push_back(std::move(choice));
      }
    }
    return found_;
  }

  // The excluded packages on which another depends.
  [[nodiscard]] const std::set<std::string>& excluded() const { return used_; }

 private:
  base::Result<const PackageRecord*> find(const std::string& name) {
    const PackageRecord* record = index_.newest(name);
    if (record == nullptr) {
      return std::unexpected(fmt::format("set \"{}\" names {}, which release \"{}\" does not have",
                                         set_.name, name, set_.release));
    }
    found_.emplace(name, record);
    return record;
  }

  bool is_excluded(const std::string& name) {
    if (named_.contains(name)) return false;
    if (!set_.excluded.contains(name) && !excluded_.contains(name)) return false;
    used_.insert(name);
    return true;
  }

  Choice choose(const std::vector<std::string>& alternatives, const std::string& dependent) {
    const auto named = [&](const auto& name) { return named_.contains(name); };
    if (std::ranges::any_of(alternatives, named)) return {};
    for (const std::string& name : alternatives) {
      if (is_excluded(name)) return {};
      if (index_.newest(name) != nullptr) return name;
      const auto providers = index_.providers(name);
      if (std::ranges::any_of(providers, named)) return {};
      if (std::ranges::any_of(providers, [&](const auto& p) { return is_excluded(p); })) {
        return {};
      }
      if (providers.size() == 1) return providers.front();
      if (providers.size() > 1) return ambiguous(name, providers, dependent);
    }
    return std::unexpected(
        fmt::format("set \"{}\": {} depends on {}, which release \"{}\" does not have. Name it in "
                    "\"exclude\" if it is not needed.",
                    set_.name, dependent, alternatives.front(), set_.release));
  }

  [[nodiscard]] Choice ambiguous(const std::string& name, const std::vector<std::string>& providers,
                                 const std::string& dependent) const {
    return std::unexpected(
        fmt::format("set \"{}\": {} depends on {}, which several packages provide: {}. Name one of "
                    "them in \"roots\", or {} in \"exclude\".",
                    set_.name, dependent, name, base::join(providers, ", "), name));
  }

  const PackageSet& set_;
  const Excluded& excluded_;
  const PackageIndex& index_;
  std::set<std::string> named_;
  std::set<std::string> used_;
  std::map<std::string, const PackageRecord*> found_;
};

base::Status check_all_used(const std::string& who, const Excluded& excluded,
                            const std::set<std::string>& used) {
  for (const auto& [name, why] : excluded) {
    if (!used.contains(name)) {
      return std::unexpected(fmt::format(
          "{} excludes {}, on which no package depends. Delete it from \"exclude\".", who, name));
    }
  }
  return {};
}

}  // namespace

base::Result<PackageSet> drop_unused_excludes(PackageSet set, const PackageIndex& index) {
  const Excluded nothing;
  SetResolver resolver(set, nothing, index);
  KMOD_TRY(resolver.run());
  const std::set<std::string> used = resolver.excluded();
  std::erase_if(set.excluded, [&](const auto& entry) { return !used.contains(entry.first); });
  return set;
}

base::Result<Lock> resolve(const PackageSets& sets, const Indices& indices) {
  Lock lock;
  std::set<std::string> used_by_any;
  for (const PackageSet& set : sets.sets) {
    SetResolver resolver(set, sets.excluded, indices.at(set.release));
    const auto packages = KMOD_TRY(resolver.run());
    KMOD_TRY(
        check_all_used(fmt::format("set \"{}\"", set.name), set.excluded, resolver.excluded()));
    used_by_any.insert(resolver.excluded().begin(), resolver.excluded().end());
    std::vector<std::string> names;
    for (const auto& [name, record] : packages) {
      names.push_back(name);
      LockEntry entry{.version = record->version,
                      .architecture = record->architecture,
                      .path = record->path,
                      .size = record->size,
                      .sha256 = record->sha256};
      const auto [place, first] = lock.packages.emplace(name, entry);
      if (!first && place->second != entry) {
        return std::unexpected(fmt::format(
            "set \"{}\" takes {} {}, and another set takes {}. The lock has one entry per package: "
            "take both from one release.",
            set.name, name, entry.version, place->second.version));
      }
    }
    lock.sets.emplace_back(set.name, std::move(names));
  }
  KMOD_TRY(check_all_used("the list for every set", sets.excluded, used_by_any));
  return lock;
}

}  // namespace kmod::lock
