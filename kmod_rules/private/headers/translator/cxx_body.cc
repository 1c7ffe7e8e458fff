// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/cxx_body.h"

#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/translator/constant_parts.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

class Printer {
 public:
  Printer(const clang::ASTContext& context, const TypeText& types)
      : context_(context), types_(types) {}

  std::string block(const clang::CompoundStmt& body) {
    std::string text = "{ ";
    for (const clang::Stmt* inner : body.body()) text += statement(inner);
    return text + "} ";
  }

  CxxBody result;

 private:
  // Statements

  std::string statement(const clang::Stmt* part) {
    if (const auto* body = llvm::dyn_cast<clang::CompoundStmt>(part)) return block(*body);
    if (const auto* expression = llvm::dyn_cast<clang::Expr>(part)) {
      return print(*expression) + "; ";
    }
    if (const auto* end = llvm::dyn_cast<clang::ReturnStmt>(part)) {
      if (end->getRetValue() == nullptr) return "return; ";
      return "return " + print(*end->getRetValue()) + "; ";
    }
    if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(part)) return if_statement(*branch);
    if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(part)) {
      std::string text;
      for (const clang::Decl* inner : declaration->decls()) {
        if (const auto* local = llvm::dyn_cast<clang::VarDecl>(inner)) text += variable(*local);
      }
      return text;
    }
    if (const auto* loop = llvm::dyn_cast<clang::DoStmt>(part)) {
      return "do { " + statement(loop->getBody()) + "} while (0); ";
    }
    if (const auto* choice = llvm::dyn_cast<clang::SwitchStmt>(part)) {
      return "switch (" + print(*choice->getCond()) + ") { " + statement(choice->getBody()) + "} ";
    }
    if (const auto* label = llvm::dyn_cast<clang::SwitchCase>(part)) {
      std::string text = "default: ";
      if (const auto* wanted = llvm::dyn_cast<clang::CaseStmt>(label)) {
        text = "case " + print(*wanted->getLHS()) + ": ";
      }
      return text + statement(label->getSubStmt());
    }
    if (llvm::isa<clang::BreakStmt>(part)) return "break; ";
    // [[fallthrough]] is nothing to the compiler.
    return "; ";
  }

  std::string if_statement(const clang::IfStmt& branch) {
    if (const auto condition = constant_condition(*branch.getCond(), context_)) {
      const clang::Stmt* only = *condition ? branch.getThen() : branch.getElse();
      return only == nullptr ? "; " : "{ " + statement(only) + "} ";
    }
    std::string text =
        "if (" + print(*branch.getCond()) + ") { " + statement(branch.getThen()) + "} ";
    if (branch.getElse() != nullptr) text += "else { " + statement(branch.getElse()) + "} ";
    return text;
  }

  std::string variable(const clang::VarDecl& local) {
    name_records(local.getType());
    std::string text = types_.declare(value_type(local.getType()), name(local));
    if (local.getInit() != nullptr) text += " = " + print(*local.getInit());
    return text + "; ";
  }

  static std::string name(const clang::VarDecl& variable) {
    std::string text = variable.getName().str();
    // Parameters have their names already.
    if (is_cxx_keyword(text)) text += "_";
    return text;
  }

  // Types

  // Typedefs may not be known at the place, or have another type in C++. An enumeration without a
  // name is its integer type.
  [[nodiscard]] clang::QualType value_type(clang::QualType type) const {
    type = type.getCanonicalType();
    if (const auto* enumeration = type->getAs<clang::EnumType>()) {
      const clang::EnumDecl* declaration = enumeration->getDecl();
      if (declaration->getIdentifier() == nullptr && declaration->getIntegerType().isNull()) {
        return context_.UnsignedIntTy;
      }
      if (declaration->getIdentifier() == nullptr &&
          declaration->getTypedefNameForAnonDecl() == nullptr) {
        return declaration->getIntegerType().getCanonicalType();
      }
    }
    return type;
  }

  void name_records(clang::QualType type) {
    type = type.getCanonicalType();
    while (type->isPointerType() || type->isArrayType()) {
      type = type->isPointerType() ? type->getPointeeType()
                                   : clang::QualType(type->getArrayElementTypeNoTypeQual(), 0);
    }
    if (const auto* function = type->getAs<clang::FunctionProtoType>()) {
      name_records(function->getReturnType());
      for (const clang::QualType parameter : function->param_types()) name_records(parameter);
    }
    if (const clang::RecordDecl* record = type->getAsRecordDecl()) {
      if (record->getIdentifier() != nullptr) result.named.insert(record);
    }
  }

  std::string cast(clang::QualType type, const std::string& text) {
    name_records(type);
    return "((" + types_.declare(value_type(type.getUnqualifiedType()), "") + ")" + text + ")";
  }

  void need(const clang::Decl& declaration) {
    result.needed.insert(outermost_declaration(declaration));
  }

  // Pointers to it are moved.
  void need_size(clang::QualType type) {
    const clang::RecordDecl* record = type->getAsRecordDecl();
    if (record != nullptr && record->getDefinition() != nullptr) need(*record->getDefinition());
  }

  // Expressions, in parentheses where it matters

  std::string print(const clang::Expr& expression) {
    if (const Constant constant = constant_value(expression, context_)) {
      const std::string literal = integer_literal(*constant);
      if (context_.hasSameType(expression.getType(), context_.IntTy)) {
        return constant->isNegative() ? "(" + literal + ")" : literal;
      }
      return cast(expression.getType(), literal);
    }
    const clang::Expr& part = chosen_part(expression);
    if (const auto* inner = llvm::dyn_cast<clang::CastExpr>(&part)) return cast_expression(*inner);
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&part))
      return unary_operation(*unary);
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&part)) {
      return binary_operation(*binary);
    }
    if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(&part)) {
      const auto branch = [&](const clang::Expr& value) {
        return cast(part.getType(), print(value));
      };
      if (const auto condition = constant_condition(*choice->getCond(), context_)) {
        return branch(*condition ? *choice->getTrueExpr() : *choice->getFalseExpr());
      }
      return "(" + print(*choice->getCond()) + " ? " + branch(*choice->getTrueExpr()) + " : " +
             branch(*choice->getFalseExpr()) + ")";
    }
    if (const auto* choice = llvm::dyn_cast<clang::BinaryConditionalOperator>(&part)) {
      return "(" + cast(part.getType(), print(*choice->getCommon())) +
             " ?: " + cast(part.getType(), print(*choice->getFalseExpr())) + ")";
    }
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&part)) {
      return name(*llvm::cast<clang::VarDecl>(reference->getDecl()));
    }
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&part))
      return member_access(*member);
    if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&part)) {
      need_size(element->getType());
      return "(" + print(*element->getBase()) + "[" + print(*element->getIdx()) + "])";
    }
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&part)) return call_expression(*call);
    return "(" + block(*llvm::cast<clang::StmtExpr>(part).getSubStmt()) + ")";
  }

  std::string member_access(const clang::MemberExpr& member) {
    const clang::ValueDecl& field = *member.getMemberDecl();
    need(field);
    const std::string base = print(*member.getBase());
    const bool is_unnamed = field.getIdentifier() == nullptr || field.getName().empty();
    if (is_unnamed) return member.isArrow() ? "(*" + base + ")" : base;
    return "(" + base + (member.isArrow() ? "->" : ".") + field.getName().str() + ")";
  }

  std::string cast_expression(const clang::CastExpr& expression) {
    const clang::Expr& inner = *expression.getSubExpr();
    std::string text = print(inner);
    const bool is_written = llvm::isa<clang::ExplicitCastExpr>(expression);
    switch (expression.getCastKind()) {
      case clang::CK_LValueToRValue:
        // Bit fields have other types in C++.
        return inner.refersToBitField() ? cast(expression.getType(), text) : text;
      case clang::CK_NoOp:
        if (!is_written && !expression.getType()->isPointerType()) return text;
        if (!expression.isPRValue()) return text;
        break;
      default:
        break;
    }
    return cast(expression.getType(), text);
  }

  std::string unary_operation(const clang::UnaryOperator& unary) {
    const std::string inner = print(*unary.getSubExpr());
    const std::string symbol = clang::UnaryOperator::getOpcodeStr(unary.getOpcode()).str();
    if (unary.isPostfix()) return "(" + inner + symbol + ")";
    const std::string text = "(" + symbol + inner + ")";
    return unary.getOpcode() == clang::UO_LNot ? cast(unary.getType(), text) : text;
  }

  std::string binary_operation(const clang::BinaryOperator& binary) {
    const clang::Expr& left = *binary.getLHS();
    const clang::Expr& right = *binary.getRHS();
    const std::string symbol = " " + binary.getOpcodeStr().str() + " ";
    if (binary.getOpcode() == clang::BO_Comma) {
      return "((void)" + print(left) + ", " + print(right) + ")";
    }
    if (binary.isLogicalOp()) {
      // The one side that decides is the value.
      if (constant_condition(left, context_))
        return cast(binary.getType(), "(!!" + print(right) + ")");
      return cast(binary.getType(), "(" + print(left) + symbol + print(right) + ")");
    }
    if (!binary.isComparisonOp() && !binary.isAssignmentOp()) {
      const auto operand = [&](const clang::Expr& side) {
        std::string text = print(side);
        if (!side.getType()->isPointerType()) return text;
        const clang::QualType pointee = side.getType()->getPointeeType();
        need_size(pointee);
        // C moves a void pointer by bytes.
        return pointee->isVoidType() ? "((char *)" + text + ")" : text;
      };
      const std::string text = "(" + operand(left) + symbol + operand(right) + ")";
      return binary.getType()->isPointerType() ? cast(binary.getType(), text) : text;
    }
    const std::string text = "(" + print(left) + symbol + print(right) + ")";
    return binary.isComparisonOp() ? cast(binary.getType(), text) : text;
  }

  std::string call_expression(const clang::CallExpr& call) {
    const clang::FunctionDecl& callee = *call.getDirectCallee();
    std::string text = callee.getName().str();
    if (call.getBuiltinCallee() == 0) {
      result.needed.insert(callee.getDefinition());
      text = declared_name(text);
    }
    text += "(";
    for (const clang::Expr* argument : call.arguments()) {
      if (argument != *call.arg_begin()) text += ", ";
      text += print(*argument);
    }
    return text + ")";
  }

  const clang::ASTContext& context_;
  const TypeText& types_;
};

}  // namespace

const clang::Decl* outermost_declaration(const clang::Decl& declaration) {
  const clang::Decl* outer = &declaration;
  for (;;) {
    const clang::DeclContext* scope = outer->getLexicalDeclContext();
    if (scope == nullptr || scope->isTranslationUnit()) return outer;
    outer = clang::Decl::castFromDeclContext(scope);
  }
}

CxxBody print_cxx_body(const clang::FunctionDecl& function, const clang::ASTContext& context,
                       const TypeText& types) {
  Printer printer(context, types);
  std::string text = printer.block(*llvm::cast<clang::CompoundStmt>(function.getBody()));
  printer.result.text = std::move(text);
  return std::move(printer.result);
}

}  // namespace kmod::headers
