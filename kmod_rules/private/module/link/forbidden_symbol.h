// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Symbols that compilers reference and that no kernel can supply.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_FORBIDDEN_SYMBOL_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_FORBIDDEN_SYMBOL_H_

#include <string_view>

namespace kmod::link {

// A kind of such symbols. The texts are parts of "<label>: <what> used by <library> ... <advice>".
struct ForbiddenKind {
  std::string_view what;    // "plain operator new is"
  std::string_view advice;  // sentences: why the kernel cannot, and what to do
  // Whether a C source of the module cannot define the symbol itself. If it can, the linker of the
  // C++ does not know, and only modpost, which sees all code, does.
  bool reserved = true;
};

// Null for any other symbol.
[[nodiscard]] const ForbiddenKind* forbidden_kind(std::string_view symbol);

// Kinds that show in an object's sections or in its constructors, too.
extern const ForbiddenKind kStaticConstructor;
extern const ForbiddenKind kUnwindTables;
extern const ForbiddenKind kThreadLocal;
extern const ForbiddenKind kSanitizer;
extern const ForbiddenKind kProfile;

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_FORBIDDEN_SYMBOL_H_
