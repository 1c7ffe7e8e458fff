// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecordLayout.h"
#include "kmod_rules/private/headers/translator/constant_parts.h"
#include "kmod_rules/private/headers/translator/inline_examiner.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {

Target InlineExaminer::target(const clang::Expr& expression) {
  if (reason_ != nullptr) return {};
  const clang::Expr& part = chosen_part(expression);
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&part)) {
    const auto* declaration = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (declaration == nullptr) return refuse_target(kWhyOther);
    const auto variable = frame().variables.find(declaration);
    if (variable == frame().variables.end()) return refuse_target(kWhyVariable);
    return {.variable = &variable->second, .places = {}};
  }
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&part)) return member_target(*member);
  if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&part)) {
    return element_target(*element);
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&part);
      unary != nullptr && unary->getOpcode() == clang::UO_Deref) {
    return {.places = value(*unary->getSubExpr())};
  }
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(&part);
      cast != nullptr && cast->getCastKind() == clang::CK_NoOp) {
    return target(*cast->getSubExpr());
  }
  return refuse_target(kWhyOther);
}

Target InlineExaminer::refuse_target(const char* reason) {
  fail(reason);
  return {};
}

Target InlineExaminer::member_target(const clang::MemberExpr& member) {
  const auto* field = llvm::dyn_cast<clang::FieldDecl>(member.getMemberDecl());
  if (field == nullptr) return refuse_target(kWhyOther);
  const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(field->getParent());
  const auto offset = static_cast<std::int64_t>(layout.getFieldOffset(field->getFieldIndex()) / 8);
  if (member.isArrow()) return {.places = value(*member.getBase()).moved(offset)};
  Target base = target(*member.getBase());
  if (base.variable != nullptr) return refuse_target(kWhyType);
  base.places = base.places.moved(offset);
  return base;
}

Target InlineExaminer::element_target(const clang::ArraySubscriptExpr& element) {
  const clang::Expr& base = *element.getBase();
  const std::int64_t size = size_of(element.getType(), context_);
  Target result = {.places = value(base)};
  const auto* decay = llvm::dyn_cast<clang::CastExpr>(&chosen_part(base));
  if (decay != nullptr && decay->getCastKind() == clang::CK_ArrayToPointerDecay) {
    result.extent = target(*decay->getSubExpr()).extent;
  }
  if (const auto index = constant_number(*element.getIdx(), context_)) {
    if (std::abs(*index) > kMostDistance) return refuse_target(kWhyProof);
    result.places = result.places.moved(*index * size);
    return result;
  }
  value(*element.getIdx());
  if (reason_ != nullptr) return {};
  std::int64_t most = size == 0 ? 0 : std::min(kMostElements, kMostIndexed / size);
  if (decay != nullptr) {
    const auto* array = context_.getAsConstantArrayType(decay->getSubExpr()->getType());
    // One of at most 1 element is often of any size.
    if (array != nullptr && array->getSize().ugt(1)) {
      most = std::min(most, static_cast<std::int64_t>(array->getSize().getZExtValue()));
    }
  }
  if (most < 2 || !below(*element.getIdx(), most, frame())) return refuse_target(kWhyProof);
  result.extent += (most - 1) * size;
  return result;
}

bool InlineExaminer::below(const clang::Expr& expression, std::int64_t most, const Frame& in) {
  if (const auto constant = constant_number(expression, context_)) {
    return *constant >= 0 && *constant < most;
  }
  const clang::Expr& part = chosen_part(expression);
  if (part.getType()->isBooleanType()) return most >= 2;
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(&part)) {
    const clang::Expr& inner = *cast->getSubExpr();
    if (cast->getCastKind() == clang::CK_IntegralCast) {
      // A value below 128 is the same in each type.
      return below(
          inner,
          std::min<std::int64_t>(most, context_.getIntWidth(part.getType()) <= 8 ? 128 : most), in);
    }
    if (cast->getCastKind() != clang::CK_LValueToRValue) return false;
    if (const clang::FieldDecl* field = inner.getSourceBitField()) {
      return !field->getType()->isSignedIntegerOrEnumerationType() &&
             field->getBitWidthValue(context_) < 16 &&
             (std::int64_t{1} << field->getBitWidthValue(context_)) <= most;
    }
    const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&chosen_part(inner));
    if (reference == nullptr) return false;
    const auto* declaration = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    const auto found = in.variables.find(declaration);
    if (found == in.variables.end()) return false;
    const Variable& variable = found->second;
    if (variable.assigned || variable.memory != nullptr || is_assigned_later(*declaration)) {
      return false;
    }
    if (variable.limit != nullptr) {
      if (!declaration->getType()->isIntegerType() || declaration->getType()->isBooleanType()) {
        return declaration->getType()->isBooleanType() && most >= 2;
      }
      *variable.limit = *variable.limit == 0 ? most : std::min(*variable.limit, most);
      return true;
    }
    return variable.value != nullptr && below(*variable.value, most, *variable.value_frame);
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&part)) {
    const auto right = constant_number(*binary->getRHS(), context_);
    const bool positive = right && *right >= 0 && *right != kNoNumber;
    switch (binary->getOpcode()) {
      case clang::BO_And:
        if (positive && *right < most) return true;
        return below(*binary->getLHS(), most, in);
      case clang::BO_Rem:
        return positive && *right <= most &&
               binary->getType()->isUnsignedIntegerOrEnumerationType();
      case clang::BO_Div:
      case clang::BO_Shr:
        return positive && below(*binary->getLHS(), most, in);
      default:
        return binary->isComparisonOp() || binary->isLogicalOp() ? most >= 2 : false;
    }
  }
  return false;
}

bool InlineExaminer::is_assigned_later(const clang::VarDecl& variable) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(variable.getDeclContext());
  if (function == nullptr || function->getDefinition() == nullptr) return true;
  const auto [known, added] = assigned_.try_emplace(function->getDefinition());
  if (added) find_assigned(*function->getDefinition()->getBody(), known->second);
  return known->second.contains(&variable);
}

void InlineExaminer::find_assigned(const clang::Stmt& part, std::set<const clang::Decl*>& found) {
  const clang::Expr* changed = nullptr;
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&part);
      binary != nullptr && binary->isAssignmentOp()) {
    changed = binary->getLHS();
  } else if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&part);
             unary != nullptr &&
             (unary->isIncrementDecrementOp() || unary->getOpcode() == clang::UO_AddrOf)) {
    changed = unary->getSubExpr();
  }
  if (changed != nullptr) {
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&chosen_part(*changed))) {
      found.insert(reference->getDecl());
    }
  }
  for (const clang::Stmt* child : part.children()) {
    if (child != nullptr) find_assigned(*child, found);
  }
}

Places InlineExaminer::address(const Target& target) {
  if (reason_ != nullptr) return {};
  if (target.variable != nullptr) {
    Variable& variable = *target.variable;
    if (variable.memory == nullptr) {
      variable.memory = std::make_unique<Memory>();
      variable.memory->variable = &variable;
    }
    return {.known = {{.memory = variable.memory.get()}}};
  }
  if (target.extent != 0) return Places::anywhere();
  return target.places;
}

std::pair<std::int64_t, std::int64_t> InlineExaminer::accessed_bytes(
    const Target& target, const clang::Expr& expression) const {
  const clang::FieldDecl* field = expression.getSourceBitField();
  if (field == nullptr) return {0, target.extent + size_of(expression.getType(), context_)};
  const auto first = context_.getFieldOffset(field) % 8;
  return {0, target.extent +
                 static_cast<std::int64_t>(first + field->getBitWidthValue(context_) + 7) / 8};
}

bool InlineExaminer::access(const Target& target, const clang::Expr& expression) {
  if (reason_ != nullptr) return false;
  if (!is_scalar(expression.getType())) {
    fail(kWhyType);
    return false;
  }
  if (target.places.unknown || target.places.known.empty()) {
    fail(kWhyProof);
    return false;
  }
  const auto [first, last] = accessed_bytes(target, expression);
  for (const auto& [memory, offset] : target.places.known) {
    if (memory->variable != nullptr) {
      if (offset < 0 || offset + last > memory->variable->size) fail(kWhyProof);
      continue;
    }
    if (memory->begin == memory->end) memory->begin = memory->end = offset + first;
    memory->begin = std::min(memory->begin, offset + first);
    memory->end = std::max(memory->end, offset + last);
  }
  return reason_ == nullptr;
}

Places InlineExaminer::load(const Target& target, const clang::Expr& expression) {
  if (reason_ != nullptr) return {};
  if (!is_scalar(expression.getType())) return refuse(kWhyType);
  const bool is_pointer = expression.getType()->isPointerType();
  if (target.variable != nullptr) return is_pointer ? target.variable->places : Places{};
  if (!access(target, expression)) return {};
  if (expression.getType()->isBooleanType() && expression.getSourceBitField() == nullptr) {
    if (target.extent != 0) return refuse(kWhyProof);
    for (const auto& [memory, offset] : target.places.known) memory->bools.insert(offset);
  }
  // GCC calculates with its bits, and Clang with those of the type.
  if (const clang::FieldDecl* field = expression.getSourceBitField();
      field != nullptr && field->getBitWidthValue(context_) > 32) {
    return refuse(kWhyProof);
  }
  if (!is_pointer) return {};
  if (target.extent != 0) return Places::anywhere();
  Places loaded;
  for (const auto& [memory, offset] : target.places.known) {
    if (memory->variable != nullptr) {
      loaded.add(offset == 0 ? memory->variable->places : Places::anywhere());
      continue;
    }
    // What the function has written there is not what the test has.
    for (const auto& [begin, end, places] : written_[memory]) {
      if (begin >= offset + 8 || end <= offset) continue;
      loaded.add(begin == offset && end == offset + 8 ? places : Places::anywhere());
    }
    std::unique_ptr<Memory>& behind = memory->pointers[offset];
    if (behind == nullptr) behind = std::make_unique<Memory>();
    loaded.add({.known = {{.memory = behind.get()}}});
  }
  return loaded;
}

void InlineExaminer::store(const Target& target, const clang::Expr& expression,
                           const Places& places) {
  if (reason_ != nullptr) return;
  if (target.variable != nullptr) {
    target.variable->assigned = true;
    target.variable->places.add(places);
    return;
  }
  if (!access(target, expression)) return;
  const auto [first, last] = accessed_bytes(target, expression);
  const bool known = expression.getType()->isPointerType() && target.extent == 0;
  for (const auto& [memory, offset] : target.places.known) {
    if (memory->variable != nullptr) {
      memory->variable->assigned = true;
      memory->variable->places.add(offset == 0 && known ? places : Places::anywhere());
    } else {
      written_[memory].push_back({.begin = offset + first,
                                  .end = offset + last,
                                  .places = known ? places : Places::anywhere()});
    }
  }
}

}  // namespace kmod::headers
