// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_LEAK_PROBE_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_LEAK_PROBE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/guest/allocation_site.h"
#include "kmod_rules/private/vm/guest/kernel_names.h"
#include "kmod_rules/private/vm/guest/module_sections.h"
#include "kmod_rules/private/vm/guest/slab_counts.h"
#include "kmod_rules/private/vm/wire/leak.h"
#include "kmod_rules/private/vm/wire/unchecked.h"

namespace kmod::vm {

// Finds what modules leave in a stock kernel when they are unloaded.
//
//   LeakProbe probe = LeakProbe::before();       // only the kernel's own modules are loaded
//   ... load a module ...
//   probe.module_loaded("hello", "/kmod/modules/hello.ko");  // or module_refused()
//   ... unload everything ...
//   for (const Leak& leak : probe.after()) ...   // only what is new since the last time
//
// Context: root in the guest, with /proc, /sys and debugfs at /sys/kernel/debug mounted, and the
// kernel booted with slub_debug=U at least for the kmalloc caches: otherwise unchecked() says
// why leaks of kmalloc() are not seen. A cache of kmalloc() in which as many objects are in
// use as before is not examined: a leak is missed if the kernel happened to free exactly as many
// objects of that size for good.
class LeakProbe {
 public:
  [[nodiscard]] static LeakProbe before();

  // The same, after the kernel's own modules were loaded, whose memory is not a leak. Waits up to 2
  // s for what they free late: otherwise that would hide as much memory that a module leaks.
  [[nodiscard]] static LeakProbe before_settled();

  // Notes where the module's sections are. Call it while the module is loaded; `ko` is its file.
  //
  // Errors: the file or /sys/module/<module>/sections cannot be read. Leaks of this module are then
  // still found, without its name.
  base::Status module_loaded(const std::string& module, const std::string& ko);

  // Notes that a module was not loaded. Its sections are unknown, so its leaks are found without
  // its name. Leaks from the initialization of earlier modules then have no name either, because
  // they may be the refused module's.
  void module_refused();

  // The leaks since before(), or since the last call. No module may be loaded. Waits up to 1.5 s
  // for memory that the kernel frees late (by RCU, by work queues), but not if nothing has leaked.
  [[nodiscard]] std::vector<Leak> after();

  // What kmemleak finds unreachable, in a kernel that has it; see find_unreachable_memory(). Call
  // it last, when no module is loaded: it waits until everything that modules have allocated is old
  // enough, in all for some 10 s.
  [[nodiscard]] std::vector<Leak> unreachable();

  // Whether unreachable() has looked.
  [[nodiscard]] bool has_scanned() const { return scanned_; }

  // What was not looked for, and why.
  [[nodiscard]] std::vector<Unchecked> unchecked() const;

 private:
  LeakProbe() = default;

  std::vector<Leak> look();
  void look_for_kmalloc(std::vector<Leak>& leaks);
  void look_for_vmalloc(std::vector<Leak>& leaks);
  void look_for_names(std::vector<Leak>& leaks);
  void look_for_references(std::vector<Leak>& leaks);
  SlabCounts read_slab_counts();
  void report_error(std::string error);

  bool traces_memory_ = false;
  bool scanned_ = false;
  KernelNames names_;
  SlabCounts slabs_;
  std::map<std::string, std::uint64_t> references_;  // to the kernel's own modules that are loaded
  ModuleSections module_sections_;
  ModuleSections all_sections_;      // also of earlier cycles
  std::vector<Leak> known_;          // memory that is no news; the kernel keeps listing it
  std::vector<std::string> errors_;  // of files that could not be read or understood
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_LEAK_PROBE_H_
