// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

struct PlannedModule {
  std::string name;             // as in /proc/modules
  std::string path;             // in the initramfs, absolute
  std::string parameters = {};  // passed to the kernel unchanged
  bool may_fail = false;        // only for a stock module

  bool operator==(const PlannedModule&) const = default;
};

struct PlannedProgram {
  std::string name;  // of its test case
  std::string path;  // in the initramfs, absolute

  bool operator==(const PlannedProgram&) const = default;
};

// What init does in the guest. The guest reads it from /kmod/plan, and vm_runner from the same file
// outside the initramfs. A text file, one item a line:
//
//   stock <name> <path>       a module of the kernel itself
//   softdep <name> <path>     the same, but it may refuse to load
//   module <name> <path> [<parameters up to the end of the line>]
//   directory <path>          where programs start
//   program <name> <path>
//   reload <count>
//   fail_allocations
//   keep
//   watch <name> <path>       the module that finds what others leave to be called
//
// Stock modules are loaded once, before everything else, and unloaded at the end if nothing uses
// them: what they leave behind is not the modules' fault. Modules are loaded in the order of their
// lines, programs run in theirs, and modules are unloaded in reverse; `reload` repeats the whole
// cycle that many more times, and `fail_allocations` once more for each allocation of the modules,
// which fails in it. `keep` leaves the modules loaded. The module of `watch` is loaded
// after the stock modules and never unloaded. Empty lines are skipped. An unknown keyword is an
// error: an older init must not ignore what a newer rule asks of it.
struct Plan {
  std::vector<PlannedModule> stock;
  std::vector<PlannedModule> modules;
  std::string directory = "/";
  std::vector<PlannedProgram> programs;
  std::uint32_t reloads = 0;
  bool fail_allocations = false;
  bool keep = false;
  std::optional<PlannedModule> watch = {};

  bool operator==(const Plan&) const = default;
};

inline constexpr const char* kPlanPath = "/kmod/plan";

// The initramfs of a snapshot has this directory and no plan (vm_snapshot.bzl).
inline constexpr const char* kAwaitsRestore = "/kmod/awaits_restore";

// Errors: a line that is wrong. The message has its number, the fault and the form that is right.
[[nodiscard]] base::Result<Plan> parse_plan(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_
