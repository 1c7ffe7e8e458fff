// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/Builtins.h"
#include "kmod_rules/private/headers/translator/constant_parts.h"
#include "kmod_rules/private/headers/translator/inline_examiner.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {

bool InlineExaminer::is_volatile_assignment(const clang::Expr& expression) {
  const auto* operation = llvm::dyn_cast<clang::BinaryOperator>(&chosen_part(expression));
  return operation != nullptr && operation->getOpcode() == clang::BO_Assign &&
         operation->getLHS()->getType().isVolatileQualified();
}

void InlineExaminer::assign_volatile(const clang::Expr& expression) {
  const auto& operation = llvm::cast<clang::BinaryOperator>(chosen_part(expression));
  const Places assigned = value(*operation.getRHS());
  store(target(*operation.getLHS()), *operation.getLHS(), assigned);
}

void InlineExaminer::discard(const clang::Expr& expression) {
  const clang::Expr& part = chosen_part(expression);
  if (part.isPRValue()) {
    value(part);
  } else {
    fail(kWhyOther);
  }
}

Places InlineExaminer::value(const clang::Expr& expression) {
  if (reason_ != nullptr) return {};
  if (++parts_ > kMostParts) return refuse(kWhyOther);
  if (constant_value(expression, context_)) {
    if (context_.getTypeSize(expression.getType()) > 64) return refuse(kWhyOther);
    return {};
  }
  const clang::Expr& part = chosen_part(expression);
  const clang::QualType type = part.getType();
  if (!is_scalar(type) && !type->isVoidType()) return refuse(kWhyType);
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(&part)) return cast_value(*cast);
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&part)) return unary_value(*unary);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&part)) {
    return binary_value(*binary);
  }
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(&part)) {
    if (const auto condition = constant_condition(*choice->getCond(), context_)) {
      return value(*condition ? *choice->getTrueExpr() : *choice->getFalseExpr());
    }
    value(*choice->getCond());
    Places places = value(*choice->getTrueExpr());
    places.add(value(*choice->getFalseExpr()));
    return places;
  }
  if (const auto* choice = llvm::dyn_cast<clang::BinaryConditionalOperator>(&part)) {
    if (!context_.hasSameType(choice->getCommon()->getType(), type)) return refuse(kWhyOther);
    Places places = value(*choice->getCommon());
    places.add(value(*choice->getFalseExpr()));
    return places;
  }
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&part)) return call_value(*call);
  if (const auto* block = llvm::dyn_cast<clang::StmtExpr>(&part)) return block_value(*block);
  return refuse(kWhyOther);
}

Places InlineExaminer::refuse(const char* reason) {
  fail(reason);
  return {};
}

Places InlineExaminer::block_value(const clang::StmtExpr& block) {
  const clang::CompoundStmt& body = *block.getSubStmt();
  for (const clang::Stmt* inner : body.body()) {
    const auto* last = inner == body.body_back() ? llvm::dyn_cast<clang::Expr>(inner) : nullptr;
    if (last != nullptr) {
      if (is_volatile_assignment(*last) || !last->isPRValue()) return refuse(kWhyOther);
      return value(*last);
    }
    if (inner == body.body_back() && !block.getType()->isVoidType()) return refuse(kWhyOther);
    statement(inner);
  }
  return {};
}

Places InlineExaminer::cast_value(const clang::CastExpr& cast) {
  const clang::Expr& inner = *cast.getSubExpr();
  switch (cast.getCastKind()) {
    case clang::CK_LValueToRValue:
      return load(target(inner), inner);
    case clang::CK_NoOp:
    case clang::CK_BitCast:
    case clang::CK_NullToPointer:
      return value(inner);
    case clang::CK_ArrayToPointerDecay:
      return address(target(inner));
    case clang::CK_IntegralCast:
    case clang::CK_IntegralToBoolean:
    case clang::CK_PointerToBoolean:
    case clang::CK_PointerToIntegral:
      value(inner);
      return {};
    case clang::CK_ToVoid:
      if (inner.isPRValue()) {
        value(inner);
      } else if (inner.getType().isVolatileQualified()) {
        fail(kWhyOther);
      } else {
        target(inner);
      }
      return {};
    case clang::CK_IntegralToPointer:
      value(inner);
      return Places::anywhere();
    default:
      return refuse(kWhyOther);
  }
}

Places InlineExaminer::unary_value(const clang::UnaryOperator& unary) {
  const clang::Expr& inner = *unary.getSubExpr();
  switch (unary.getOpcode()) {
    case clang::UO_Plus:
    case clang::UO_Minus:
    case clang::UO_Not:
    case clang::UO_LNot:
      value(inner);
      return {};
    case clang::UO_AddrOf:
      if (inner.getType()->isFunctionType()) return refuse(kWhyCall);
      return address(target(inner));
    case clang::UO_PreInc:
    case clang::UO_PreDec:
    case clang::UO_PostInc:
    case clang::UO_PostDec: {
      // Of a pointer, the step would have to be known.
      const clang::QualType type = inner.getType();
      if (!type->isIntegerType() || type->isBooleanType() || type->isEnumeralType() ||
          type.isVolatileQualified()) {
        return refuse(kWhyOther);
      }
      const Target changed = target(inner);
      load(changed, inner);
      store(changed, inner, {});
      return {};
    }
    default:
      return refuse(kWhyOther);
  }
}

Places InlineExaminer::binary_value(const clang::BinaryOperator& binary) {
  const clang::Expr& left = *binary.getLHS();
  const clang::Expr& right = *binary.getRHS();
  if (binary.isLogicalOp()) {
    value(left);
    value(right);
    return {};
  }
  if (binary.getOpcode() == clang::BO_Comma) {
    discard(left);
    return value(right);
  }
  if (binary.getOpcode() == clang::BO_Assign) {
    if (left.getType().isVolatileQualified()) return refuse(kWhyOther);
    Places assigned = value(right);
    store(target(left), left, assigned);
    return assigned;
  }
  if (binary.isCompoundAssignmentOp()) return compound_assignment(binary);
  if (binary.getType()->isPointerType() || left.getType()->isPointerType()) {
    return pointer_arithmetic(binary);
  }
  value(left);
  value(right);
  check_operation(clang::BinaryOperator::isShiftOp(binary.getOpcode()),
                  binary.isMultiplicativeOp() && binary.getOpcode() != clang::BO_Mul,
                  left.getType(), right);
  return {};
}

void InlineExaminer::check_operation(bool shifts, bool divides, clang::QualType type,
                                     const clang::Expr& right) {
  if (shifts) {
    if (!below(right, static_cast<std::int64_t>(context_.getIntWidth(type)), frame())) {
      fail(kWhyProof);
    }
  } else if (divides) {
    const Constant divisor = constant_value(right, context_);
    if (!divisor || divisor->isZero() || divisor->isAllOnes()) fail(kWhyProof);
    if (context_.getIntWidth(type) > 64) fail(kWhyOther);
  }
}

Places InlineExaminer::compound_assignment(const clang::BinaryOperator& binary) {
  const auto& assignment = llvm::cast<clang::CompoundAssignOperator>(binary);
  const clang::Expr& left = *binary.getLHS();
  const clang::QualType type = left.getType();
  // C++ has no such operators of enumerations, and other types for bit fields. Of a pointer, the
  // step would have to be known.
  if (!type->isIntegerType() || type->isEnumeralType() || type.isVolatileQualified() ||
      (left.refersToBitField() && context_.getIntWidth(type) > 32)) {
    return refuse(kWhyOther);
  }
  value(*binary.getRHS());
  const Target changed = target(left);
  load(changed, left);
  store(changed, left, {});
  const auto operation = clang::BinaryOperator::getOpForCompoundAssignment(binary.getOpcode());
  check_operation(clang::BinaryOperator::isShiftOp(operation),
                  operation == clang::BO_Div || operation == clang::BO_Rem,
                  assignment.getComputationLHSType(), *binary.getRHS());
  return {};
}

Places InlineExaminer::pointer_arithmetic(const clang::BinaryOperator& binary) {
  const clang::Expr* pointer = binary.getLHS();
  const clang::Expr* step = binary.getRHS();
  if (!pointer->getType()->isPointerType()) std::swap(pointer, step);
  Places places = value(*pointer);
  if (binary.isComparisonOp() || step->getType()->isPointerType()) {
    value(*step);
    // Of addresses that are no multiples of the size apart, compilers make what they like.
    if (!binary.isComparisonOp() && size_of(pointer->getType()->getPointeeType(), context_) != 1) {
      return refuse(kWhyProof);
    }
    return {};
  }
  const clang::QualType pointee = pointer->getType()->getPointeeType();
  if (pointee->isFunctionType()) return refuse(kWhyOther);
  const std::int64_t size = size_of(pointee, context_);
  if (const auto constant = constant_number(*step, context_)) {
    if (std::abs(*constant) > kMostDistance) return Places::anywhere();
    const std::int64_t distance = *constant * size;
    return places.moved(binary.getOpcode() == clang::BO_Sub ? -distance : distance);
  }
  value(*step);
  return Places::anywhere();
}

Places InlineExaminer::call_value(const clang::CallExpr& call) {
  if (const unsigned builtin = call.getBuiltinCallee()) {
    switch (builtin) {
      case clang::Builtin::BI__builtin_expect:
      case clang::Builtin::BI__builtin_bswap16:
      case clang::Builtin::BI__builtin_bswap32:
      case clang::Builtin::BI__builtin_bswap64:
      case clang::Builtin::BI__builtin_ffs:
      case clang::Builtin::BI__builtin_ffsl:
      case clang::Builtin::BI__builtin_ffsll:
      case clang::Builtin::BI__builtin_parity:
      case clang::Builtin::BI__builtin_popcount:
      case clang::Builtin::BI__builtin_popcountl:
      case clang::Builtin::BI__builtin_popcountll:
        for (const clang::Expr* argument : call.arguments()) value(*argument);
        return {};
      default:
        return refuse(kWhyCall);
    }
  }
  const clang::FunctionDecl* callee = inline_callee(call);
  if (callee == nullptr || callee->isVariadic()) return refuse(kWhyCall);
  if (const auto known = reasons_.find(callee);
      known == reasons_.end() || known->second != nullptr) {
    return refuse(kWhyCall);
  }
  if (frames_.size() > kMostDepth || call.getNumArgs() != callee->getNumParams()) {
    return refuse(kWhyOther);
  }
  auto inner = std::make_unique<Frame>();
  for (unsigned i = 0; i < call.getNumArgs(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(i);
    Variable variable;
    variable.places = value(*call.getArg(i));
    variable.value = call.getArg(i);
    variable.value_frame = &frame();
    variable.size = size_of(parameter->getType(), context_);
    inner->variables.emplace(parameter, std::move(variable));
  }
  frames_.push_back(inner.get());
  statement(callee->getBody());
  frames_.pop_back();
  Places result = std::move(inner->result);
  // Pointers to its local variables may not leave it.
  for (const Place& place : result.known) {
    if (place.memory->variable != nullptr) result.unknown = true;
  }
  old_frames_.push_back(std::move(inner));
  return result;
}

}  // namespace kmod::headers
