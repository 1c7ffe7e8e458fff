// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains the errors of gcc about the headers that declare what a module exports.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_EXPORT_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_EXPORT_DIAGNOSIS_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

namespace kmod::kbuild {

// One message for each header that is not C, or, if all are, for each symbol that none of them
// declares.
[[nodiscard]] std::vector<std::string> diagnose_exports(std::string_view log,
                                                        const DiagnosisContext& context);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_EXPORT_DIAGNOSIS_H_
