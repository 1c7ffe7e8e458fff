// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains errors of the compiler and the linker about C sources, where BUILD files are the cause.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_COMPILER_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_COMPILER_DIAGNOSIS_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

namespace kmod::kbuild {

// A message for each header that is not found, for each function that is not declared, and for each
// symbol that several sources define. The log has the paths of the workspace. Reads the sources of
// the request, to see which of them include others.
[[nodiscard]] std::vector<std::string> diagnose_compiler(std::string_view log,
                                                         const KbuildRequest& request,
                                                         const DiagnosisContext& context);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_COMPILER_DIAGNOSIS_H_
