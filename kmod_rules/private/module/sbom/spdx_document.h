// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes a bill of materials as an SPDX 2.3 document in JSON.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_

#include <expected>
#include <string>

#include "kmod_rules/private/module/sbom/bom_request.h"

namespace kmod::sbom {

// Reads the files and trees of the request. The same content gives the same bytes, wherever and
// whenever it was built: the date of creation is constant, and the name space is made of the
// content's hash.
//
// Errors: a file or a tree's list that cannot be read.
[[nodiscard]] std::expected<std::string, std::string> write_spdx(const BomRequest& request);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_
