// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/leak_probe.h"

#include <sys/utsname.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/guest/loaded_module.h"
#include "kmod_rules/private/vm/guest/unreachable_memory.h"

namespace kmod::vm {
namespace {

constexpr const char* kKmalloc = "kmalloc memory";
// kmemleak does not report memory that is younger (MSECS_MIN_AGE of mm/kmemleak.c).
constexpr std::chrono::milliseconds kKmemleakAge(5200);
constexpr const char* kTraces = "/sys/kernel/debug/slab";

std::string traces_of(const std::string& cache) {
  return std::string(kTraces) + "/" + cache + "/alloc_traces";
}

// Makes the kernel free memory whose release is only deferred: kfree_rcu() waits for up to 5 s. The
// 4 keeps the kernel from logging which process wrote the 2.
void drop_caches() {
  for (const char* what : {"4", "2"}) {
    // If this fails, deferred memory shows as a leak.
    (void)base::write_file("/proc/sys/vm/drop_caches", what);
  }
}

// The size without what the kernel's checks add; 0 if it is unknown.
std::uint64_t object_size(const std::string& cache) {
  const auto text = base::read_file("/sys/kernel/slab/" + cache + "/object_size");
  if (!text) return 0;
  return base::parse_number<std::uint64_t>(text->substr(0, text->find('\n'))).value_or(0);
}

// Whether two pieces are of the same call: the return addresses are equal, even if their names
// differ. A later module may be where an earlier one was.
bool is_alike(const Leak& a, const Leak& b) {
  return a.kind == b.kind && (a.name == b.name || !a.stack.empty()) &&
         std::ranges::equal(a.stack, b.stack, {}, &ModuleAddress::address, &ModuleAddress::address);
}

void add(const Leak& leak, std::vector<Leak>& leaks) {
  const auto other =
      std::ranges::find_if(leaks, [&leak](const Leak& known) { return is_alike(known, leak); });
  if (other == leaks.end()) {
    leaks.push_back(leak);
    return;
  }
  other->count += leak.count;
  other->bytes += leak.bytes;
  // A single register_chrdev() takes memory from four caches.
  if (!other->name.contains(leak.name)) other->name += ", " + leak.name;
}

// The part of `leaks` that is not in `known`.
std::vector<Leak> without(std::vector<Leak> leaks, const std::vector<Leak>& known) {
  for (Leak& leak : leaks) {
    const auto old =
        std::ranges::find_if(known, [&leak](const Leak& other) { return is_alike(other, leak); });
    if (old == known.end()) continue;
    leak.count -= std::min(leak.count, old->count);
    leak.bytes -= std::min(leak.bytes, old->bytes);
  }
  std::erase_if(leaks, [](const Leak& leak) { return leak.count == 0; });
  return leaks;
}

bool is_kernel_before(unsigned major, unsigned minor) {
  utsname name = {};
  if (uname(&name) != 0) return false;
  const std::vector<std::string_view> parts = base::split(name.release, '.');
  const auto found_major = base::parse_number<unsigned>(parts[0]);
  const auto found_minor =
      base::parse_number<unsigned>(parts.size() > 1 ? parts[1] : std::string_view());
  if (!found_major || !found_minor) return false;
  return std::pair(*found_major, *found_minor) < std::pair(major, minor);
}

std::vector<ModuleAddress> locate(const std::vector<std::uint64_t>& addresses,
                                  const ModuleSections& sections) {
  std::vector<ModuleAddress> places;
  places.reserve(addresses.size());
  for (const std::uint64_t address : addresses) places.push_back(sections.locate(address));
  return places;
}

}  // namespace

LeakProbe LeakProbe::before() {
  LeakProbe probe;
  std::error_code error;
  probe.traces_memory_ = std::filesystem::exists(traces_of("kmalloc-64"), error);
  probe.names_ = read_kernel_names();
  probe.slabs_ = probe.read_slab_counts();
  probe.references_ = module_references();
  return probe;
}

LeakProbe LeakProbe::before_settled() {
  drop_caches();
  LeakProbe probe;
  SlabCounts last = probe.read_slab_counts();
  for (const int wait_ms : {50, 50, 100, 200, 400, 1200}) {
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    SlabCounts now = probe.read_slab_counts();
    if (now == last) break;
    last = std::move(now);
  }
  probe = before();
  // The kernel prints addresses of their freed init sections as those of an unloaded module, and a
  // later module may be loaded there.
  const SlabCounts counts = std::exchange(probe.slabs_, {});
  probe.look_for_vmalloc(probe.known_);
  probe.look_for_kmalloc(probe.known_);
  probe.slabs_ = counts;
  return probe;
}

std::vector<Unchecked> LeakProbe::unchecked() const {
  std::vector<Unchecked> parts;
  if (!traces_memory_) {
    const std::string traces = traces_of("kmalloc-64");
    if (is_kernel_before(5, 17)) {
      parts.push_back({kUncheckedKmalloc, traces + " is since Linux 5.17", true});
    } else {
      parts.push_back({kUncheckedKmalloc,
                       "the kernel has no " + traces + ", which needs debugfs and slub_debug=U"});
    }
  }
  for (const std::string& error : errors_) parts.push_back({kUncheckedState, error});
  return parts;
}

void LeakProbe::report_error(std::string error) {
  if (std::ranges::find(errors_, error) == errors_.end()) errors_.push_back(std::move(error));
}

SlabCounts LeakProbe::read_slab_counts() {
  constexpr const char* kSlabInfo = "/proc/slabinfo";
  const auto text = base::read_file(kSlabInfo);
  auto counts = text ? parse_slabinfo(*text) : std::unexpected(text.error());
  if (counts) return *std::move(counts);
  report_error(text ? std::string(kSlabInfo) + ": " + counts.error() : counts.error());
  return {};
}

base::Status LeakProbe::module_loaded(const std::string& module, const std::string& ko) {
  const std::string file = KMOD_TRY(base::read_file(ko));
  const auto sizes = section_sizes(file);
  if (!sizes) return std::unexpected(ko + ": " + sizes.error());
  const auto sections = module_sections(module);
  if (sections.empty()) {
    return std::unexpected("/sys/module/" + module + "/sections does not give its addresses");
  }
  module_sections_.add(module, sections, *sizes);
  all_sections_.add(module, sections, *sizes);
  return {};
}

void LeakProbe::module_refused() {
  module_sections_.forget_initialization();
  all_sections_.forget_initialization();
}

void LeakProbe::look_for_kmalloc(std::vector<Leak>& leaks) {
  if (!traces_memory_) return;
  for (const auto& [cache, objects] : read_slab_counts()) {
    // An emulated kernel takes half a second to print the stacks of all caches, because it looks up
    // the name of every address. So a cache with as many objects as before is skipped.
    const auto old = slabs_.find(cache);
    if (old != slabs_.end() && old->second == objects) continue;
    const auto text = base::read_file(traces_of(cache));
    const auto sites = text ? parse_alloc_traces(*text) : std::unexpected(text.error());
    if (!sites) {
      report_error(text ? traces_of(cache) + ": " + sites.error() : sites.error());
      continue;
    }
    for (const AllocationSite& site : *sites) {
      add({kKmalloc, cache, site.count, site.count * object_size(cache),
           locate(site.addresses, module_sections_), site.by_kernel},
          leaks);
    }
  }
}

void LeakProbe::look_for_vmalloc(std::vector<Leak>& leaks) {
  constexpr const char* kVmallocInfo = "/proc/vmallocinfo";
  const auto text = base::read_file(kVmallocInfo);
  const auto sites = text ? parse_vmallocinfo(*text) : std::unexpected(text.error());
  if (!sites) {
    report_error(text ? std::string(kVmallocInfo) + ": " + sites.error() : sites.error());
    return;
  }
  for (const AllocationSite& site : *sites) {
    add({"vmalloc memory", "", site.count, site.bytes, locate(site.addresses, module_sections_)},
        leaks);
  }
}

void LeakProbe::look_for_names(std::vector<Leak>& leaks) {
  const KernelNames now = read_kernel_names();
  for (const KernelName& name : new_names(names_, now)) {
    if (const std::string pid = thread_pid(name); !pid.empty()) {
      const auto stack = base::read_file("/proc/" + pid + "/stack");
      if (stack && is_thread_of_kernel(*stack)) continue;
    }
    leaks.push_back({name.kind, name.name, 1, 0, {}});
  }
}

void LeakProbe::look_for_references(std::vector<Leak>& leaks) {
  if (references_.empty()) return;
  for (const auto& [module, count] : module_references()) {
    const auto old = references_.find(module);
    if (old == references_.end() || count <= old->second) continue;
    leaks.push_back({"reference to the kernel's module", module, count - old->second, 0, {}});
  }
}

std::vector<Leak> LeakProbe::look() {
  std::vector<Leak> leaks;
  look_for_names(leaks);
  look_for_references(leaks);
  look_for_vmalloc(leaks);
  look_for_kmalloc(leaks);
  return leaks;
}

std::vector<Leak> LeakProbe::after() {
  std::vector<Leak> leaks = without(look(), known_);
  for (const int wait_ms : {20, 80, 400, 1000}) {
    if (leaks.empty()) break;
    drop_caches();
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    leaks = without(look(), known_);
  }
  for (const Leak& leak : leaks) add(leak, known_);
  // Later leaks are of modules that are loaded later.
  module_sections_ = ModuleSections();
  return leaks;
}

std::vector<Leak> LeakProbe::unreachable() {
  // What the kernel frees late is still reachable then.
  drop_caches();
  std::this_thread::sleep_for(kKmemleakAge);
  const auto sites = find_unreachable_memory();
  if (!sites) {
    report_error(sites.error());
    return {};
  }
  scanned_ = true;
  std::vector<Leak> leaks;
  for (const AllocationSite& site : *sites) {
    add({"unreachable memory", "", site.count, site.bytes, locate(site.addresses, all_sections_)},
        leaks);
  }
  return leaks;
}

}  // namespace kmod::vm
