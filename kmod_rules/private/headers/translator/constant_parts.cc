// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/constant_parts.h"

#include <optional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

llvm::APSInt of_type(bool value, clang::QualType type, const clang::ASTContext& context) {
  llvm::APSInt result(context.getIntWidth(type), type->isUnsignedIntegerOrEnumerationType());
  result = value ? 1 : 0;
  return result;
}

std::optional<bool> logical_value(const clang::BinaryOperator& operation,
                                  const clang::ASTContext& context) {
  // What decides alone: false for &&, true for ||. The right side counts only without the left one.
  const bool decides = operation.getOpcode() == clang::BO_LOr;
  const auto left = constant_condition(*operation.getLHS(), context);
  if (!left) return std::nullopt;
  if (*left == decides) return decides;
  return constant_condition(*operation.getRHS(), context);
}

}  // namespace

const clang::Expr& chosen_part(const clang::Expr& expression) {
  const clang::Expr* part = &expression;
  for (;;) {
    if (const auto* inner = llvm::dyn_cast<clang::ParenExpr>(part)) {
      part = inner->getSubExpr();
    } else if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(part)) {
      part = constant->getSubExpr();
    } else if (const auto* selection = llvm::dyn_cast<clang::GenericSelectionExpr>(part)) {
      part = selection->getResultExpr();
    } else if (const auto* choice = llvm::dyn_cast<clang::ChooseExpr>(part)) {
      part = choice->getChosenSubExpr();
    } else if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(part);
               unary != nullptr && unary->getOpcode() == clang::UO_Extension) {
      part = unary->getSubExpr();
    } else {
      return *part;
    }
  }
}

std::optional<std::int64_t> constant_number(const clang::Expr& expression,
                                            const clang::ASTContext& context) {
  const Constant value = constant_value(expression, context);
  if (!value) return std::nullopt;
  return value->getSignificantBits() <= 32 ? value->getExtValue() : kNoNumber;
}

std::optional<bool> constant_condition(const clang::Expr& expression,
                                       const clang::ASTContext& context) {
  const Constant value = constant_value(expression, context);
  return value ? std::optional(!value->isZero()) : std::nullopt;
}

Constant constant_value(const clang::Expr& expression, const clang::ASTContext& context) {
  if (!expression.isPRValue() || !expression.getType()->isIntegralOrEnumerationType()) {
    return {};
  }
  const clang::Expr& part = chosen_part(expression);
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&part);
      call != nullptr && call->getBuiltinCallee() == clang::Builtin::BI__builtin_object_size) {
    return {};
  }
  clang::Expr::EvalResult result;
  if (part.EvaluateAsInt(result, context, clang::Expr::SE_NoSideEffects)) {
    return Constant(result.Val.getInt());
  }
  const clang::QualType type = part.getType();
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&part)) {
    switch (call->getBuiltinCallee()) {
      case clang::Builtin::BI__builtin_constant_p:
        return Constant(of_type(false, type, context));
      case clang::Builtin::BI__builtin_expect:
        return constant_value(*call->getArg(0), context);
      default:
        return {};
    }
  }
  if (const auto* operation = llvm::dyn_cast<clang::BinaryOperator>(&part);
      operation != nullptr && operation->isLogicalOp()) {
    const auto value = logical_value(*operation, context);
    return value ? Constant(of_type(*value, type, context)) : Constant();
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&part);
      unary != nullptr && unary->getOpcode() == clang::UO_LNot) {
    const auto value = constant_condition(*unary->getSubExpr(), context);
    return value ? Constant(of_type(!*value, type, context)) : Constant();
  }
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(&part)) {
    if (cast->getCastKind() == clang::CK_IntegralToBoolean) {
      const auto value = constant_condition(*cast->getSubExpr(), context);
      return value ? Constant(of_type(*value, type, context)) : Constant();
    }
    if (cast->getCastKind() == clang::CK_IntegralCast || cast->getCastKind() == clang::CK_NoOp) {
      Constant value = constant_value(*cast->getSubExpr(), context);
      if (!value) return {};
      *value = value->extOrTrunc(context.getIntWidth(type));
      value->setIsUnsigned(type->isUnsignedIntegerOrEnumerationType());
      return value;
    }
    return {};
  }
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(&part)) {
    const auto condition = constant_condition(*choice->getCond(), context);
    if (!condition) return {};
    return constant_value(*condition ? *choice->getTrueExpr() : *choice->getFalseExpr(), context);
  }
  return {};
}

}  // namespace kmod::headers
