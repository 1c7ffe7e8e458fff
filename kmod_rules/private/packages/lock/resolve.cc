// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/resolve.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

// Empty for a dependency that needs nothing: it is left out, or the set has it anyway.
using Choice = std::expected<std::string, std::string>;

// Resolves one set.
class SetResolver {
 public:
  SetResolver(const PackageSet& set, const LeftOut& left_out, const PackageIndex& index)
      : set_(set), left_out_(left_out), index_(index), named_(set.roots.begin(), set.roots.end()) {
    named_.insert(set.alone.begin(), set.alone.end());
  }

  std::expected<std::map<std::string, const PackageRecord*>, std::string> run() {
    std::deque<std::string> queue(set_.roots.begin(), set_.roots.end());
    for (const std::string& name : set_.alone) {
      if (auto record = find(name); !record) return std::unexpected(record.error());
    }
    while (!queue.empty()) {
      const std::string name = queue.front();
      queue.pop_front();
      if (found_.contains(name)) continue;
      const auto record = find(name);
      if (!record) return std::unexpected(record.error());
      for (const auto& alternatives : packages::parse_relation((*record)->depends)) {
        auto choice = choose(alternatives, name);
        if (!choice) return std::unexpected(choice.error());
        if (!choice->empty()) queue.push_back(std::move(*choice));
      }
    }
    return found_;
  }

  // The packages that a dependency would have brought in.
  [[nodiscard]] const std::set<std::string>& left_out() const { return used_; }

 private:
  std::expected<const PackageRecord*, std::string> find(const std::string& name) {
    const PackageRecord* record = index_.newest(name);
    if (record == nullptr) {
      return std::unexpected("set \"" + set_.name + "\" names " + name + ", which release \"" +
                             set_.release + "\" does not have");
    }
    found_.emplace(name, record);
    return record;
  }

  bool is_left_out(const std::string& name) {
    if (named_.contains(name)) return false;
    if (!set_.left_out.contains(name) && !left_out_.contains(name)) return false;
    used_.insert(name);
    return true;
  }

  Choice choose(const std::vector<std::string>& alternatives, const std::string& dependent) {
    const auto named = [&](const auto& name) { return named_.contains(name); };
    if (std::ranges::any_of(alternatives, named)) return {};
    for (const std::string& name : alternatives) {
      if (is_left_out(name)) return {};
      if (index_.newest(name) != nullptr) return name;
      const auto providers = index_.providers(name);
      if (std::ranges::any_of(providers, named)) return {};
      if (std::ranges::any_of(providers, [&](const auto& p) { return is_left_out(p); })) {
        return {};
      }
      if (providers.size() == 1) return providers.front();
      if (providers.size() > 1) return ambiguous(name, providers, dependent);
    }
    return std::unexpected("set \"" + set_.name + "\": " + dependent + " depends on " +
                           alternatives.front() + ", which release \"" + set_.release +
                           "\" does not have. Name it in \"leave_out\" if it is not needed.");
  }

  [[nodiscard]] Choice ambiguous(const std::string& name, const std::vector<std::string>& providers,
                                 const std::string& dependent) const {
    std::string list;
    for (const std::string& provider : providers) list += (list.empty() ? "" : ", ") + provider;
    return std::unexpected("set \"" + set_.name + "\": " + dependent + " depends on " + name +
                           ", which several packages provide: " + list +
                           ". Name one of them in \"roots\", or " + name + " in \"leave_out\".");
  }

  const PackageSet& set_;
  const LeftOut& left_out_;
  const PackageIndex& index_;
  std::set<std::string> named_;
  std::set<std::string> used_;
  std::map<std::string, const PackageRecord*> found_;
};

// An empty text, or what is wrong.
std::string unused(const std::string& who, const LeftOut& left_out,
                   const std::set<std::string>& used) {
  for (const auto& [name, why] : left_out) {
    if (!used.contains(name)) {
      return who + " leaves out " + name +
             ", on which nothing depends. Take it out of \"leave_out\".";
    }
  }
  return {};
}

}  // namespace

std::expected<Lock, std::string> resolve(const PackageSets& sets, const Indices& indices) {
  Lock lock;
  std::set<std::string> used_by_any;
  for (const PackageSet& set : sets.sets) {
    SetResolver resolver(set, sets.left_out, indices.at(set.release));
    const auto packages = resolver.run();
    if (!packages) return std::unexpected(packages.error());
    if (auto fault = unused("set \"" + set.name + "\"", set.left_out, resolver.left_out());
        !fault.empty()) {
      return std::unexpected(fault);
    }
    used_by_any.insert(resolver.left_out().begin(), resolver.left_out().end());
    std::vector<std::string> names;
    for (const auto& [name, record] : *packages) {
      names.push_back(name);
      LockEntry entry{.version = record->version,
                      .architecture = record->architecture,
                      .path = record->path,
                      .size = record->size,
                      .sha256 = record->sha256};
      const auto [place, first] = lock.packages.emplace(name, entry);
      if (!first && place->second != entry) {
        return std::unexpected("set \"" + set.name + "\" takes " + name + " " + entry.version +
                               ", and another set takes " + place->second.version +
                               ". The lock has one entry a package: take both from one release.");
      }
    }
    lock.sets.emplace_back(set.name, std::move(names));
  }
  if (auto fault = unused("the list for every set", sets.left_out, used_by_any); !fault.empty()) {
    return std::unexpected(fault);
  }
  return lock;
}

}  // namespace kmod::lock
