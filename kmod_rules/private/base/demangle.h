// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Symbols as the person who wrote the code knows them.
#ifndef KMOD_RULES_PRIVATE_BASE_DEMANGLE_H_
#define KMOD_RULES_PRIVATE_BASE_DEMANGLE_H_

#include <string>
#include <string_view>

namespace kmod::base {

// `Hello::create()` for `_ZN5Hello6createEv`; what is not a mangled C++ name stays as it is.
[[nodiscard]] std::string demangle(std::string_view symbol);

// A function or variable that contains a reference: `Hello::create()`, `vtable for Hello`,
// `init_module()`. A static constructor goes by the name of its file, all that its symbol tells.
[[nodiscard]] std::string describe_referrer(std::string_view symbol, bool is_function);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_DEMANGLE_H_
