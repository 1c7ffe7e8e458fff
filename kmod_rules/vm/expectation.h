// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_EXPECTATION_H_
#define KMOD_RULES_VM_EXPECTATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/vm/taint.h"

namespace kmod::vm {

struct ExpectedModule {
  std::string name;
  int load_error = 0;  // the errno with which loading has to fail, 0 to succeed

  bool operator==(const ExpectedModule&) const = default;
};

enum class Match { exact, contains };

struct ExpectedLine {
  Match match = Match::exact;
  std::string text;

  bool operator==(const ExpectedLine&) const = default;
};

// What a run has to show to pass.
struct Expectation {
  std::vector<ExpectedModule> modules;  // in load order
  std::uint32_t reloads = 0;
  std::vector<ExpectedLine> lines;  // in this order, others may stand between
  std::uint64_t allowed_taint = kTaintExpected;

  bool operator==(const Expectation&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_EXPECTATION_H_
