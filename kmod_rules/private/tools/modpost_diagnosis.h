// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Says in the user's terms what modpost, the last check of kbuild, found wrong with a module.
#ifndef KMOD_RULES_PRIVATE_TOOLS_MODPOST_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_TOOLS_MODPOST_DIAGNOSIS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/tools/arguments.h"
#include "kmod_rules/private/tools/origins.h"
#include "kmod_rules/private/tools/symvers.h"

namespace kmod::tools {

struct DiagnosisContext {
  std::string label;
  std::optional<bool> gpl_compatible;  // by the attribute `license`, if the module has it
  Symvers exports;                     // of the kernel and of the modules that this one depends on
  std::vector<Origin> origins;         // of the module's libraries and sources
  std::vector<Pair> parameters;        // name, type: what the attribute `parameters` declares
};

// One message for each complaint of modpost's that is understood, in its order, each once; none
// when there is no such complaint. Knows the wording of Linux 5.10 to 6.12.
[[nodiscard]] std::vector<std::string> diagnose_modpost(std::string_view log,
                                                        const DiagnosisContext& context);

}  // namespace kmod::tools

#endif  // KMOD_RULES_PRIVATE_TOOLS_MODPOST_DIAGNOSIS_H_
