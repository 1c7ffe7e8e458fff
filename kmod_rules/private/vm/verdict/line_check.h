// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LINE_CHECK_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LINE_CHECK_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/pattern.h"

namespace kmod::vm {

// For each expected line the index of the log line that satisfies it, in rising order; nothing from
// the first one on that is missing. Every log line satisfies at most one.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_lines(std::span<const Pattern> expected,
                                                                  std::span<const std::string> log);

// Why `expected` was not found behind the first `searched_from` lines of the log: it came earlier,
// it came only as a part of a longer line, or it did not come at all.
[[nodiscard]] std::string explain_missing(const Pattern& expected, std::span<const std::string> log,
                                          std::size_t searched_from);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LINE_CHECK_H_
