// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

struct PlannedModule {
  std::string name;        // as in /proc/modules
  std::string path;        // in the initramfs, absolute
  std::string parameters;  // passed to the kernel unchanged

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
//   module <name> <path> [<parameters up to the end of the line>]
//   directory <path>          where programs start
//   program <name> <path>
//   reload <count>
//   keep
//
// Modules are loaded in the order of their lines, programs run in theirs, and modules are unloaded
// in reverse; `reload` repeats the whole cycle that many more times, `keep` leaves the modules
// loaded. Empty lines are skipped. An unknown keyword is an error: an older init must not ignore
// what a newer rule asks of it.
struct Plan {
  std::vector<PlannedModule> modules;
  std::string directory = "/";
  std::vector<PlannedProgram> programs;
  std::uint32_t reloads = 0;
  bool keep = false;

  bool operator==(const Plan&) const = default;
};

inline constexpr const char* kPlanPath = "/kmod/plan";

// Errors: a line that is wrong. The message has its number, the fault and the form that is right.
[[nodiscard]] base::Result<Plan> parse_plan(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_GUEST_PLAN_H_
