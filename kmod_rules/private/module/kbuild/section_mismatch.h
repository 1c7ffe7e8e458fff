// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains the warnings of modpost about code that uses what the kernel has freed by then.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_SECTION_MISMATCH_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_SECTION_MISMATCH_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

namespace kmod::kbuild {

// One message for each pair of symbols, in the log's order. Knows the messages of Linux 5.10 to
// 6.12.
[[nodiscard]] std::vector<std::string> diagnose_section_mismatches(std::string_view log,
                                                                   const DiagnosisContext& context);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_SECTION_MISMATCH_H_
