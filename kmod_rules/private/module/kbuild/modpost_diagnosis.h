// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Says in the user's terms what modpost, the last check of kbuild, found wrong with a module.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::kbuild {

struct DiagnosisContext {
  std::string label;
  std::optional<bool> gpl_compatible;  // by the attribute `license`, if the module has it
  kernel::Symvers exports;             // of the kernel and of the modules that this one depends on
  std::vector<link::SymbolReference> references;  // of the module's libraries and sources
  std::vector<base::Pair> parameters;  // name, type: what the attribute `parameters` declares
};

// One message for each complaint of modpost's that is understood, in its order, each once; none
// when there is no such complaint. Knows the wording of Linux 5.10 to 6.12.
[[nodiscard]] std::vector<std::string> diagnose_modpost(std::string_view log,
                                                        const DiagnosisContext& context);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_
