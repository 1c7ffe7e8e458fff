// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/inline_examiner.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "kmod_rules/private/headers/translator/constant_parts.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

bool keeps_meaning(const clang::Attr& attribute) {
  switch (attribute.getKind()) {
    case clang::attr::AlwaysInline:
    case clang::attr::Cold:
    case clang::attr::Const:
    case clang::attr::GNUInline:
    case clang::attr::NoInstrumentFunction:
    case clang::attr::Pure:
    case clang::attr::Unused:
    case clang::attr::WarnUnusedResult:
      return true;
    default:
      return false;
  }
}

// Whether no execution reaches the end of the statement.
bool always_returns(const clang::Stmt* statement, const clang::ASTContext& context) {
  if (statement == nullptr) return false;
  if (llvm::isa<clang::ReturnStmt>(statement)) return true;
  if (const auto* block = llvm::dyn_cast<clang::CompoundStmt>(statement)) {
    return std::ranges::any_of(
        block->body(), [&](const clang::Stmt* inner) { return always_returns(inner, context); });
  }
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(statement)) {
    if (const auto condition = constant_condition(*branch->getCond(), context)) {
      return always_returns(*condition ? branch->getThen() : branch->getElse(), context);
    }
    return always_returns(branch->getThen(), context) && always_returns(branch->getElse(), context);
  }
  return false;
}

}  // namespace

const char* InlineExaminer::examine(const clang::FunctionDecl& function) {
  const auto [known, added] = reasons_.emplace(&function, kWhyOther);
  if (!added) return known->second;
  const char* reason = examine_alone(function);
  reasons_[&function] = reason;
  return reason;
}

const char* InlineExaminer::examine_alone(const clang::FunctionDecl& function) {
  if (!callable_.contains(function.getName().str()) || function.isVariadic() ||
      function.isNoReturn()) {
    return kWhyOther;
  }
  const clang::QualType result = function.getReturnType();
  if (!is_scalar(result) && !result->isVoidType()) return kWhyType;
  for (const clang::ParmVarDecl* parameter : function.parameters()) {
    if (!is_scalar(parameter->getType()) || size_of(parameter->getType(), context_) > 8) {
      return kWhyType;
    }
  }
  if (size_of(result, context_) > 8) return kWhyType;
  for (const clang::FunctionDecl* declaration : function.redecls()) {
    for (const clang::Attr* attribute : declaration->attrs()) {
      if (!keeps_meaning(*attribute)) return kWhyOther;
    }
  }
  if (!result->isVoidType() && !always_returns(function.getBody(), context_)) return kWhyOther;
  // Its callees are examined by themselves first, each with a state of its own.
  if (const char* reason = examine_callees(*function.getBody())) return reason;
  reason_ = nullptr;
  parts_ = 0;
  old_frames_.clear();
  written_.clear();
  Frame frame;
  std::vector<std::int64_t> limits(function.getNumParams());
  std::vector<std::unique_ptr<Memory>> memories;
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = function.getParamDecl(i);
    Variable& variable = frame.variables[parameter];
    variable.size = size_of(parameter->getType(), context_);
    variable.limit = &limits[i];
    memories.push_back(std::make_unique<Memory>());
    if (parameter->getType()->isPointerType()) {
      variable.places.known = {{.memory = memories.back().get()}};
    }
  }
  frames_ = {&frame};
  statement(function.getBody());
  std::string arguments;
  std::int64_t memory = 0;
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    if (i != 0) arguments += " ";
    if (limits[i] != 0) {
      arguments += "l" + std::to_string(limits[i]);
    } else {
      arguments += describe(*memories[i], memory);
    }
  }
  if (memory > kMostMemory) fail(kWhyProof);
  if (reason_ == nullptr) functions.emplace(&function, arguments);
  return reason_;
}

std::string InlineExaminer::describe(const Memory& memory, std::int64_t& total) {
  if (!memory.accessed()) return "v";
  total += memory.end - memory.begin;
  std::string pointers;
  int count = 0;
  for (const auto& [offset, inner] : memory.pointers) {
    if (!inner->accessed()) continue;
    ++count;
    pointers += " " + std::to_string(offset) + " " + describe(*inner, total);
  }
  std::string text = "m " + std::to_string(memory.begin) + " " + std::to_string(memory.end) + " " +
                     std::to_string(count) + pointers + " " + std::to_string(memory.bools.size());
  for (const std::int64_t offset : memory.bools) text += " " + std::to_string(offset);
  return text;
}

const clang::FunctionDecl* InlineExaminer::inline_callee(const clang::CallExpr& call) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  if (callee == nullptr || callee->getStorageClass() != clang::SC_Static) return nullptr;
  return callee->getDefinition();
}

const char* InlineExaminer::examine_callees(const clang::Stmt& part) {
  if (const auto* expression = llvm::dyn_cast<clang::Expr>(&part)) {
    if (constant_value(*expression, context_)) return nullptr;
  }
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&part)) {
    if (const clang::FunctionDecl* callee = inline_callee(*call)) {
      if (const char* reason = examine(*callee)) return reason;
    }
  }
  const clang::Stmt* only = nullptr;
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(&part)) {
    if (const auto condition = constant_condition(*branch->getCond(), context_)) {
      only = *condition ? branch->getThen() : branch->getElse();
      return only == nullptr ? nullptr : examine_callees(*only);
    }
  } else if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(&part)) {
    if (const auto condition = constant_condition(*choice->getCond(), context_)) {
      only = *condition ? choice->getTrueExpr() : choice->getFalseExpr();
      return examine_callees(*only);
    }
  } else if (const auto* expression = llvm::dyn_cast<clang::Expr>(&part)) {
    if (const clang::Expr* chosen = &chosen_part(*expression); chosen != expression) {
      return examine_callees(*chosen);
    }
  }
  for (const clang::Stmt* child : part.children()) {
    if (child == nullptr) continue;
    if (const char* reason = examine_callees(*child)) return reason;
  }
  return nullptr;
}

void InlineExaminer::fail(const char* reason) {
  if (reason_ == nullptr) reason_ = reason;
}

void InlineExaminer::statement(const clang::Stmt* part) {
  if (part == nullptr || reason_ != nullptr) return;
  if (++parts_ > kMostParts) return fail(kWhyOther);
  if (const auto* expression = llvm::dyn_cast<clang::Expr>(part)) {
    if (is_volatile_assignment(*expression)) return assign_volatile(*expression);
    discard(*expression);
  } else if (const auto* block = llvm::dyn_cast<clang::CompoundStmt>(part)) {
    for (const clang::Stmt* inner : block->body()) statement(inner);
  } else if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(part)) {
    if (const auto condition = constant_condition(*branch->getCond(), context_)) {
      return statement(*condition ? branch->getThen() : branch->getElse());
    }
    value(*branch->getCond());
    statement(branch->getThen());
    statement(branch->getElse());
  } else if (const auto* end = llvm::dyn_cast<clang::ReturnStmt>(part)) {
    if (end->getRetValue() != nullptr) frame().result.add(value(*end->getRetValue()));
  } else if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(part)) {
    for (const clang::Decl* inner : declaration->decls()) declare(*inner);
  } else if (const auto* loop = llvm::dyn_cast<clang::DoStmt>(part)) {
    const auto condition = constant_condition(*loop->getCond(), context_);
    if (!condition || *condition) return fail(kWhyLoop);
    statement(loop->getBody());
  } else if (const auto* choice = llvm::dyn_cast<clang::SwitchStmt>(part)) {
    value(*choice->getCond());
    statement(choice->getBody());
  } else if (const auto* label = llvm::dyn_cast<clang::SwitchCase>(part)) {
    if (const auto* wanted = llvm::dyn_cast<clang::CaseStmt>(label);
        wanted != nullptr &&
        (wanted->caseStmtIsGNURange() || !constant_value(*wanted->getLHS(), context_))) {
      return fail(kWhyOther);
    }
    statement(label->getSubStmt());
  } else if (const auto* attributed = llvm::dyn_cast<clang::AttributedStmt>(part)) {
    statement(attributed->getSubStmt());
  } else if (llvm::isa<clang::AsmStmt>(part)) {
    fail(kWhyAssembler);
  } else if (llvm::isa<clang::WhileStmt, clang::ForStmt, clang::LabelStmt, clang::GotoStmt,
                       clang::IndirectGotoStmt, clang::ContinueStmt>(part)) {
    fail(kWhyLoop);
  } else if (!llvm::isa<clang::NullStmt, clang::BreakStmt>(part)) {
    fail(kWhyOther);
  }
}

void InlineExaminer::declare(const clang::Decl& declaration) {
  if (llvm::isa<clang::StaticAssertDecl, clang::EmptyDecl>(declaration)) return;
  const auto* local = llvm::dyn_cast<clang::VarDecl>(&declaration);
  if (local == nullptr) return fail(kWhyOther);
  if (!local->hasLocalStorage() || local->hasAttr<clang::AsmLabelAttr>()) return fail(kWhyVariable);
  if (!is_scalar(local->getType())) return fail(kWhyType);
  Variable& variable = frame().variables[local];
  variable.size = size_of(local->getType(), context_);
  if (const clang::Expr* initializer = local->getInit()) {
    variable.places.add(value(*initializer));
    variable.value = initializer;
    variable.value_frame = &frame();
  }
}

}  // namespace kmod::headers
