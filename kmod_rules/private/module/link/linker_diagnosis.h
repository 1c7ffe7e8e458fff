// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains errors of the linker in the terms of BUILD files.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINKER_DIAGNOSIS_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINKER_DIAGNOSIS_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/link/link_request.h"

namespace kmod::link {

// One message for each error of ld.lld that is understood: a symbol that is defined twice, and an
// input that is not for x86-64, or that is neither an object nor an archive.
[[nodiscard]] std::vector<std::string> diagnose_linker(const LinkRequest& request,
                                                       std::string_view log);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINKER_DIAGNOSIS_H_
