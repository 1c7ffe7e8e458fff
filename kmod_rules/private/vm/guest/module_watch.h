// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_MODULE_WATCH_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_MODULE_WATCH_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {

// Finds what modules leave to be called after they have gone, by the module kmod_watch.
//
//   ModuleWatch watch;
//   watch.start(*plan.watch);                         // before the modules under test are loaded
//   ... unload a module ...
//   watch.module_went();
//   for (const std::string& text : watch.look()) ...  // only what is new since the last time
//
// Context: root in the guest, with /proc mounted.
class ModuleWatch {
 public:
  // Loads the module. Errors show in unwatched().
  void start(const PlannedModule& module);

  // Notes that a module was unloaded, so that kmod_watch must have looked at it.
  void module_went() { ++gone_; }

  // A sentence for each thing that a module has left.
  std::vector<std::string> look();

  // From now on, the allocation of the modules under test with that number fails, counted from 1;
  // with 0, none does.
  base::Status fail_allocation(std::uint64_t number);

  // The allocation that has failed; empty if there was none. As of the last look().
  [[nodiscard]] const std::string& failed_allocation() const { return failed_; }

  // Why not everything was looked for; empty if it was.
  [[nodiscard]] const std::string& unwatched() const { return unwatched_; }

 private:
  bool is_started_ = false;
  std::uint32_t gone_ = 0;
  std::map<std::string, std::uint32_t> known_;
  std::string failed_;
  std::string unwatched_ = "the run did not reach it";
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_MODULE_WATCH_H_
