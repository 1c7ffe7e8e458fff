// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The reference of the rules: a page in Markdown, from the docstrings of the public Starlark files.
#ifndef DOCS_REFERENCE_RULE_REFERENCE_H_
#define DOCS_REFERENCE_RULE_REFERENCE_H_

#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::reference {

// The page for the workspace whose root directory is `root`: what defs.bzl and repositories.bzl in
// `kmod_rules` export, and the flags and programs of its BUILD file.
//
// Errors: a file that cannot be read or parsed; a public symbol that is not a rule, a provider or a
// function; a symbol, attribute, parameter or field without documentation. Each names the file, the
// line and the symbol.
[[nodiscard]] base::Result<std::string> rule_reference(const std::string& root);

}  // namespace kmod::reference

#endif  // DOCS_REFERENCE_RULE_REFERENCE_H_
