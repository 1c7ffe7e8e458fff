// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The reference of the C++ headers: a page in Markdown, from the comments of runtime/kmod.
#ifndef DOCS_REFERENCE_HEADER_REFERENCE_H_
#define DOCS_REFERENCE_HEADER_REFERENCE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::reference {

// The section of one header. `path` is for messages, `include` what one writes in #include.
//
// Each paragraph of declarations outside functions and classes needs a comment directly above it; a
// class is shown with its public part. Names in a namespace `detail` are not public, and neither
// are macros whose name begins with KMOD_DETAIL_.
//
// Errors: a header without a comment at its top, or a paragraph without one, by path and line.
[[nodiscard]] base::Result<std::string> header_section(const std::string& path,
                                                       const std::string& include,
                                                       std::string_view text);

// The page for all headers in `root`/runtime/kmod.
[[nodiscard]] base::Result<std::string> header_reference(const std::string& root);

}  // namespace kmod::reference

#endif  // DOCS_REFERENCE_HEADER_REFERENCE_H_
