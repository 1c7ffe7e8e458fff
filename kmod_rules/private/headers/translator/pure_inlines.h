// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which static inline functions become C++: those that only compute and access memory behind their
// arguments, and that a test can compare with the kernel's C over values.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PURE_INLINES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PURE_INLINES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

namespace kmod::headers {

// A pure function, by its definition: what the test has to prepare for each argument, in this
// order, with spaces between them.
//
//   v        any value
//   lN       an integer below N
//   m BEGIN END N (OFFSET m…)×N K OFFSET×K
//            a pointer to memory: the bytes from BEGIN to END are accessed, counted from where it
//            points; N pointers in it are followed; K bytes in it are of the type bool
using PureFunctions = std::map<const clang::FunctionDecl*, std::string>;

struct PureInlines {
  PureFunctions functions;
  std::map<std::string, unsigned> calls;  // how many others there are, by reason
};

// `callable` has the names of the static inline functions that C++ can call.
[[nodiscard]] PureInlines find_pure_inlines(const clang::ASTContext& context,
                                            const std::set<std::string>& callable);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PURE_INLINES_H_
