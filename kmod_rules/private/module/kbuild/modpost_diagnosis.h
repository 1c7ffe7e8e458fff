// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains the errors of modpost, kbuild's last check of a module, in the terms of BUILD files.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::kbuild {

struct DiagnosisContext {
  std::string label;
  std::optional<bool> gpl_compatible;  // by the attribute `license`, if the module has it
  kernel::Symvers exports;             // of the kernel and of the modules that this one uses
  std::vector<link::SymbolReference> references;    // of the module's libraries and sources
  std::vector<link::SymbolDefinition> definitions;  // of its functions and variables
  std::vector<ModuleParameter> parameters;
  // Of the attributes exports, exports_gpl and export_hdrs.
  std::vector<std::string> own_exports = {};
  std::vector<std::string> export_headers = {};
  base::Demangler demangler;  // runs only if a message has a C++ name
};

// One message for each error or warning of modpost that is understood, in its order, without
// duplicates. Knows the messages of Linux 5.10 to 6.12.
[[nodiscard]] std::vector<std::string> diagnose_modpost(std::string_view log,
                                                        const DiagnosisContext& context);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODPOST_DIAGNOSIS_H_
