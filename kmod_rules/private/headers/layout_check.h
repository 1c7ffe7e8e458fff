// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Checks that the translated headers give each record the layout that it has in C.
#ifndef KMOD_RULES_PRIVATE_HEADERS_LAYOUT_CHECK_H_
#define KMOD_RULES_PRIVATE_HEADERS_LAYOUT_CHECK_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::headers {

struct LayoutCheck {
  std::string clang;
  std::string resource_directory;      // of the compiler
  std::vector<std::string> cxx_flags;  // with which C++ for the kernel is compiled
  std::string headers;                 // the directory of translated headers
  std::string source;                  // includes them, and asserts the layout of each record
};

// Compiles the source, and writes nothing.
//
// Errors: an assertion does not hold, or a header does not compile as C++; the message has the
// compiler's first errors, which name the records.
[[nodiscard]] base::Status check_layout(const LayoutCheck& check);

// The places of the errors in the compiler's output: "include/linux/list.h:30".
[[nodiscard]] std::set<std::string> lines_with_errors(std::string_view output);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_LAYOUT_CHECK_H_
