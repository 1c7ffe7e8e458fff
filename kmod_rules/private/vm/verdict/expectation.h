// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_EXPECTATION_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_EXPECTATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/pattern.h"
#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {

struct ExpectedModule {
  std::string name;
  int load_error = 0;  // the errno with which loading has to fail, 0 to succeed

  bool operator==(const ExpectedModule&) const = default;
};

// A module of the kernel itself.
struct ExpectedStock {
  std::string name;
  bool may_fail = false;  // it may refuse to load

  bool operator==(const ExpectedStock&) const = default;
};

// A complaint of the kernel that is known and harmless.
struct AllowedComplaint {
  Pattern headline;
  std::string reason;

  bool operator==(const AllowedComplaint&) const = default;
};

// Something of the test that this run leaves out, and why.
struct SkippedCase {
  std::string name;
  std::string reason;

  bool operator==(const SkippedCase&) const = default;
};

// What a run has to show to pass.
struct Expectation {
  std::vector<ExpectedModule> modules;    // in load order
  std::vector<ExpectedStock> stock = {};  // in load order
  std::vector<std::string> programs;      // that run, in order
  std::vector<SkippedCase> skipped_programs = {};
  std::uint32_t reloads = 0;
  bool fail_allocations = false;    // further cycles follow, in each of which an allocation fails
  bool keep = false;                // the modules are not unloaded
  std::vector<Pattern> lines = {};  // in this order, others may stand between
  std::vector<Pattern> forbidden = {};
  std::vector<AllowedComplaint> allowed = {};
  std::uint64_t allowed_taint = kTaintExpected;
  std::vector<std::string> unchecked = {};  // checks that need not be possible, of kUncheckable

  bool operator==(const Expectation&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_EXPECTATION_H_
