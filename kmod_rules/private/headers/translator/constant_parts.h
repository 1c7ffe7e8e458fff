// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Parts of a function's body that have a value at compile time.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANT_PARTS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANT_PARTS_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/APSInt.h"

namespace kmod::headers {

// An integer of any size, or none. Of std::optional<llvm::APSInt>, clang-analyzer says that it
// frees its memory twice.
class Constant {
 public:
  Constant() = default;
  explicit Constant(llvm::APSInt value) : value_(std::move(value)), known_(true) {}

  explicit operator bool() const { return known_; }
  llvm::APSInt& operator*() { return value_; }
  const llvm::APSInt& operator*() const { return value_; }
  llvm::APSInt* operator->() { return &value_; }
  const llvm::APSInt* operator->() const { return &value_; }

 private:
  llvm::APSInt value_;
  bool known_ = false;
};

// The value of an expression of an integer type, if it does not depend on the function's arguments.
// Nothing of the expression is executed then. __builtin_constant_p() of an argument is 0, as in the
// C function that C++ would call instead.
[[nodiscard]] Constant constant_value(const clang::Expr& expression,
                                      const clang::ASTContext& context);

// The same as a number: kNoNumber if it has more than 32 bits.
inline constexpr std::int64_t kNoNumber = INT64_MAX;
[[nodiscard]] std::optional<std::int64_t> constant_number(const clang::Expr& expression,
                                                          const clang::ASTContext& context);

// The same as a condition.
[[nodiscard]] std::optional<bool> constant_condition(const clang::Expr& expression,
                                                     const clang::ASTContext& context);

// Without parentheses, and what __extension__, _Generic and __builtin_choose_expr chose.
[[nodiscard]] const clang::Expr& chosen_part(const clang::Expr& expression);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANT_PARTS_H_
