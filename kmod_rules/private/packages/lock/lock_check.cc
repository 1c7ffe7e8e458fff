// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_check.h"

#include <algorithm>
#include <set>

#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

std::string other_version(const std::string& who, const LockEntry& entry,
                          const PackageRecord& newest) {
  if (compare_versions(newest.version, entry.version) > 0) {
    return who + ": the locked version is no longer in the index. " + newest.suite +
           " has replaced it by " + newest.version + ": write the lock anew.";
  }
  return who + ": the locked version is newer than the index, where " + newest.suite + " has " +
         newest.version +
         ": the mirror is out of date, or the entry was not written from the index.";
}

std::string differing(const std::string& field, const std::string& locked,
                      const std::string& signed_one) {
  return locked == signed_one
             ? ""
             : "; " + field + " is " + locked + " in the lock, and " + signed_one + " in the index";
}

// Empty if the entry is correct.
std::string check_entry(const std::string& name, const LockEntry& entry,
                        const PackageIndex& index) {
  const std::string who = name + " " + entry.version;
  const auto& versions = index.versions(name);
  if (versions.empty()) return who + ": the index has no package of this name.";
  const auto same = std::ranges::find(versions, entry.version, &PackageRecord::version);
  if (same == versions.end()) return other_version(who, entry, *index.newest(name));
  const std::string differences =
      differing("architecture", entry.architecture, same->architecture) +
      differing("path", entry.path, same->path) +
      differing("size", std::to_string(entry.size), std::to_string(same->size)) +
      differing("sha256", entry.sha256, same->sha256);
  if (differences.empty()) return {};
  return who + ": the entry is not what the archive signed" + differences +
         ". Do not use this lock: run update_lock without --check.";
}

}  // namespace

std::vector<std::string> check_lock(const Lock& lock, const PackageSets& sets,
                                    const Indices& indices) {
  std::vector<std::string> faults;
  std::set<std::string> of_a_set;
  for (const auto& [name, members] : lock.sets) {
    const auto set = std::ranges::find(sets.sets, name, &PackageSet::name);
    if (set == sets.sets.end()) {
      faults.push_back("set " + name +
                       ": it is not among the package sets, so nothing says where "
                       "its packages are from.");
      continue;
    }
    for (const std::string& member : members) {
      of_a_set.insert(member);
      const auto entry = lock.packages.find(member);
      if (entry == lock.packages.end()) {
        faults.push_back("set " + name + ": it has " + member + ", which has no entry.");
        continue;
      }
      auto fault = check_entry(member, entry->second, indices.at(set->release));
      // A package of several sets is reported once.
      if (!fault.empty() && std::ranges::find(faults, fault) == faults.end()) {
        faults.push_back(fault);
      }
    }
  }
  for (const PackageSet& set : sets.sets) {
    if (std::ranges::find(lock.sets, set.name, [](const auto& s) { return s.first; }) ==
        lock.sets.end()) {
      faults.push_back("set " + set.name + ": the lock does not have it.");
    }
  }
  for (const auto& [name, entry] : lock.packages) {
    if (!of_a_set.contains(name)) {
      faults.push_back(name + " " + entry.version + ": the entry is of no set.");
    }
  }
  return faults;
}

}  // namespace kmod::lock
