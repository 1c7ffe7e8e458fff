// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Names of C that C++ has for something else.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_NAMES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

namespace kmod::headers {

// Whether C++23 has the name as a keyword and C does not.
[[nodiscard]] bool is_cxx_keyword(std::string_view name);

// What a typedef of the kernel becomes: nothing if it is translated as it is; an empty text if C++
// has the type as a keyword; else the type that <cstdint> of the compiler has. The kernel's
// uint64_t is unsigned long long and the compiler's is unsigned long: both have the same layout.
[[nodiscard]] std::optional<std::string> cxx_typedef(std::string_view name);

// Whether runtime/std refuses the function of the C library, which some kernels still have.
[[nodiscard]] bool is_refused_c_function(std::string_view name);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_NAMES_H_
