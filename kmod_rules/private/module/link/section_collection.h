// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Garbage collection of sections: of a collected library, such as a crate of Rust, only the
// functions and variables are linked that something references. The kernel's modules are linked by
// `ld -r`, which keeps everything, so these libraries are linked to one object first.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_SECTION_COLLECTION_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_SECTION_COLLECTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/link/link_request.h"

namespace kmod::link {

// The linker script of that first link: keeps what declares something about the module.
extern const std::string_view kCollectionScript;

// Whether the module has a collected library.
[[nodiscard]] bool has_collected(const LinkRequest& request);

// The symbols by which the rest of the module can enter the collected libraries: the entries and
// exports, what other libraries leave undefined, what C code can call of a direct dependency, and
// what declares something. A mangled name is one that C does not know.
//
// Errors: an input that cannot be read, by its path and library.
[[nodiscard]] base::Result<std::vector<std::string>> collection_roots(const LinkRequest& request);

// The arguments of ld.lld that link the collected libraries to `output`, without the linker's own
// name. `script` is the path of a file with kCollectionScript.
[[nodiscard]] std::vector<std::string> collection_arguments(const LinkRequest& request,
                                                            const std::vector<std::string>& roots,
                                                            const std::string& script,
                                                            const std::string& output);

// The same request with `object` in place of the collected libraries.
[[nodiscard]] LinkRequest with_collected_object(const LinkRequest& request,
                                                const std::string& object);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_SECTION_COLLECTION_H_
