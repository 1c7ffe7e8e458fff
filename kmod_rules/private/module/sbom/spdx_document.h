// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes a bill of materials as an SPDX 2.3 document in JSON.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_

#include <string>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/sbom/bom_request.h"

namespace kmod::sbom {

// Reads the files and trees of the request. The same contents always give the same bytes: the date
// of creation is constant, and the document's namespace has the digest of its contents.
//
// Errors: a file or the package list of a tree cannot be read.
[[nodiscard]] base::Result<std::string> write_spdx(const BomRequest& request);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_SPDX_DOCUMENT_H_
