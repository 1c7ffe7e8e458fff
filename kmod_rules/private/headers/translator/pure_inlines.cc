// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/pure_inlines.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/Builtins.h"
#include "kmod_rules/private/headers/translator/constant_parts.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

// Why a function stays a call.
constexpr char kWhyAssembler[] = "assembler";
constexpr char kWhyCall[] = "a call of another function";
constexpr char kWhyVariable[] = "a variable of the kernel";
constexpr char kWhyType[] = "a record or another type that is no number or pointer";
constexpr char kWhyLoop[] = "a loop or a jump";
constexpr char kWhyProof[] = "no test can prepare its arguments";
constexpr char kWhyOther[] = "another reason";

// How much memory the test prepares for all arguments, and how far an index goes.
constexpr std::int64_t kMostMemory = 32 << 10;
constexpr std::int64_t kMostIndexed = 2048;
constexpr std::int64_t kMostElements = 256;

// Inline functions call each other to this depth, and have so many parts.
constexpr int kMostDepth = 16;
constexpr int kMostParts = 5000;

struct Variable;

// Memory that a pointer leads to: of an argument, of a pointer in such memory, or a local variable.
struct Memory {
  Variable* variable = nullptr;  // a local one
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::map<std::int64_t, std::unique_ptr<Memory>> pointers;  // that are read, by offset
  std::set<std::int64_t> bools;

  [[nodiscard]] bool accessed() const { return begin != end; }
};

struct Place {
  Memory* memory = nullptr;
  std::int64_t offset = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// Where a pointer can lead to.
struct Places {
  std::vector<Place> known;
  bool unknown = false;  // also elsewhere

  static Places anywhere() { return {.known = {}, .unknown = true}; }

  void add(const Places& others) {
    unknown = unknown || others.unknown;
    for (const Place& place : others.known) {
      if (std::ranges::find(known, place) == known.end()) known.push_back(place);
    }
  }

  [[nodiscard]] Places moved(std::int64_t offset) const {
    Places result = *this;
    for (Place& place : result.known) place.offset += offset;
    return result;
  }
};

struct Frame;

// A parameter or a local variable.
struct Variable {
  Places places;                       // of a pointer
  const clang::Expr* value = nullptr;  // the argument or the initializer
  const Frame* value_frame = nullptr;  // of `value`
  bool assigned = false;               // also elsewhere
  std::int64_t* limit = nullptr;       // of an argument of the function that is examined
  std::int64_t size = 0;
  std::unique_ptr<Memory> memory;  // if its address is taken
};

// A function that is being examined, or one that it calls.
struct Frame {
  std::map<const clang::VarDecl*, Variable> variables;
  Places result;
};

// What an expression designates.
struct Target {
  Variable* variable = nullptr;  // a whole variable
  Places places;                 // else, memory
  std::int64_t extent = 0;       // how far behind `places` it can begin, because of an index
};

bool is_scalar(clang::QualType type) {
  return type->isIntegralOrEnumerationType() || type->isPointerType();
}

std::int64_t size_of(clang::QualType type, const clang::ASTContext& context) {
  if (type->isVoidType() || type->isFunctionType() || type->isIncompleteType()) return 1;
  return context.getTypeSizeInChars(type).getQuantity();
}

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

class Examiner {
 public:
  Examiner(const clang::ASTContext& context, const std::set<std::string>& callable)
      : context_(context), callable_(callable) {}

  // Why the function stays a call; null if it is pure. Functions that it calls come first.
  const char* examine(const clang::FunctionDecl& function) {
    const auto [known, added] = reasons_.emplace(&function, kWhyOther);
    if (!added) return known->second;
    const char* reason = examine_alone(function);
    reasons_[&function] = reason;
    return reason;
  }

  PureFunctions functions;

 private:
  const char* examine_alone(const clang::FunctionDecl& function) {
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

  static std::string describe(const Memory& memory, std::int64_t& total) {
    if (!memory.accessed()) return "v";
    total += memory.end - memory.begin;
    std::string pointers;
    int count = 0;
    for (const auto& [offset, inner] : memory.pointers) {
      if (!inner->accessed()) continue;
      ++count;
      pointers += " " + std::to_string(offset) + " " + describe(*inner, total);
    }
    std::string text = "m " + std::to_string(memory.begin) + " " + std::to_string(memory.end) +
                       " " + std::to_string(count) + pointers + " " +
                       std::to_string(memory.bools.size());
    for (const std::int64_t offset : memory.bools) text += " " + std::to_string(offset);
    return text;
  }

  // The definition of a static inline function that a call names.
  static const clang::FunctionDecl* inline_callee(const clang::CallExpr& call) {
    const clang::FunctionDecl* callee = call.getDirectCallee();
    if (callee == nullptr || callee->getStorageClass() != clang::SC_Static) return nullptr;
    return callee->getDefinition();
  }

  // Walks over what is executed, as statement() does, but only looks at calls.
  const char* examine_callees(const clang::Stmt& part) {
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

  void fail(const char* reason) {
    if (reason_ == nullptr) reason_ = reason;
  }

  Frame& frame() { return *frames_.back(); }

  // Statements

  void statement(const clang::Stmt* part) {
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

  void declare(const clang::Decl& declaration) {
    if (llvm::isa<clang::StaticAssertDecl, clang::EmptyDecl>(declaration)) return;
    const auto* local = llvm::dyn_cast<clang::VarDecl>(&declaration);
    if (local == nullptr) return fail(kWhyOther);
    if (!local->hasLocalStorage() || local->hasAttr<clang::AsmLabelAttr>())
      return fail(kWhyVariable);
    if (!is_scalar(local->getType())) return fail(kWhyType);
    Variable& variable = frame().variables[local];
    variable.size = size_of(local->getType(), context_);
    if (const clang::Expr* initializer = local->getInit()) {
      variable.places.add(value(*initializer));
      variable.value = initializer;
      variable.value_frame = &frame();
    }
  }

  // Expressions

  // In C, an assignment has the assigned value; in C++, it is the variable, which would be read
  // again if it is volatile. So such an assignment is a statement of its own.
  static bool is_volatile_assignment(const clang::Expr& expression) {
    const auto* operation = llvm::dyn_cast<clang::BinaryOperator>(&chosen_part(expression));
    return operation != nullptr && operation->getOpcode() == clang::BO_Assign &&
           operation->getLHS()->getType().isVolatileQualified();
  }

  void assign_volatile(const clang::Expr& expression) {
    const auto& operation = llvm::cast<clang::BinaryOperator>(chosen_part(expression));
    const Places assigned = value(*operation.getRHS());
    store(target(*operation.getLHS()), *operation.getLHS(), assigned);
  }

  void discard(const clang::Expr& expression) {
    const clang::Expr& part = chosen_part(expression);
    if (part.isPRValue()) {
      value(part);
    } else {
      fail(kWhyOther);
    }
  }

  Places value(const clang::Expr& expression) {
    if (reason_ != nullptr) return {};
    if (++parts_ > kMostParts) return refuse(kWhyOther);
    if (const auto constant = constant_value(expression, context_)) {
      if (constant->getBitWidth() > 64) return refuse(kWhyOther);
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

  Places refuse(const char* reason) {
    fail(reason);
    return {};
  }

  Places block_value(const clang::StmtExpr& block) {
    const clang::CompoundStmt& body = *block.getSubStmt();
    for (const clang::Stmt* inner : body.body()) {
      if (inner != body.body_back()) {
        statement(inner);
      } else if (const auto* last = llvm::dyn_cast<clang::Expr>(inner)) {
        if (is_volatile_assignment(*last)) return refuse(kWhyOther);
        if (last->isPRValue()) return value(*last);
        return refuse(kWhyOther);
      } else if (block.getType()->isVoidType()) {
        statement(inner);
      } else {
        return refuse(kWhyOther);
      }
    }
    return {};
  }

  Places cast_value(const clang::CastExpr& cast) {
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

  Places unary_value(const clang::UnaryOperator& unary) {
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

  Places binary_value(const clang::BinaryOperator& binary) {
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

  // A shift by too many bits is undefined, and a division by 0 stops the kernel.
  void check_operation(bool shifts, bool divides, clang::QualType type, const clang::Expr& right) {
    if (shifts) {
      if (!below(right, static_cast<std::int64_t>(context_.getIntWidth(type)), frame())) {
        fail(kWhyProof);
      }
    } else if (divides) {
      const auto divisor = constant_value(right, context_);
      if (!divisor || divisor->isZero() || divisor->isAllOnes()) fail(kWhyProof);
      if (context_.getIntWidth(type) > 64) fail(kWhyOther);
    }
  }

  Places compound_assignment(const clang::BinaryOperator& binary) {
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

  Places pointer_arithmetic(const clang::BinaryOperator& binary) {
    const clang::Expr* pointer = binary.getLHS();
    const clang::Expr* step = binary.getRHS();
    if (!pointer->getType()->isPointerType()) std::swap(pointer, step);
    Places places = value(*pointer);
    if (binary.isComparisonOp() || step->getType()->isPointerType()) {
      value(*step);
      // Of addresses that are no multiples of the size apart, compilers make what they like.
      if (!binary.isComparisonOp() &&
          size_of(pointer->getType()->getPointeeType(), context_) != 1) {
        return refuse(kWhyProof);
      }
      return {};
    }
    const clang::QualType pointee = pointer->getType()->getPointeeType();
    if (pointee->isFunctionType()) return refuse(kWhyOther);
    const std::int64_t size = size_of(pointee, context_);
    if (const auto constant = constant_value(*step, context_)) {
      if (constant->getSignificantBits() > 16) return Places::anywhere();
      const std::int64_t distance = constant->getExtValue() * size;
      return places.moved(binary.getOpcode() == clang::BO_Sub ? -distance : distance);
    }
    value(*step);
    return Places::anywhere();
  }

  Places call_value(const clang::CallExpr& call) {
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

  // Targets

  Target target(const clang::Expr& expression) {
    if (reason_ != nullptr) return {};
    const clang::Expr& part = chosen_part(expression);
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&part)) {
      const auto* declaration = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
      if (declaration == nullptr) return refuse_target(kWhyOther);
      const auto variable = frame().variables.find(declaration);
      if (variable == frame().variables.end()) return refuse_target(kWhyVariable);
      return {.variable = &variable->second, .places = {}};
    }
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&part))
      return member_target(*member);
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

  Target refuse_target(const char* reason) {
    fail(reason);
    return {};
  }

  Target member_target(const clang::MemberExpr& member) {
    const auto* field = llvm::dyn_cast<clang::FieldDecl>(member.getMemberDecl());
    if (field == nullptr) return refuse_target(kWhyOther);
    const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(field->getParent());
    const auto offset =
        static_cast<std::int64_t>(layout.getFieldOffset(field->getFieldIndex()) / 8);
    if (member.isArrow()) return {.places = value(*member.getBase()).moved(offset)};
    Target base = target(*member.getBase());
    if (base.variable != nullptr) return refuse_target(kWhyType);
    base.places = base.places.moved(offset);
    return base;
  }

  Target element_target(const clang::ArraySubscriptExpr& element) {
    const clang::Expr& base = *element.getBase();
    const std::int64_t size = size_of(element.getType(), context_);
    Target result = {.places = value(base)};
    const auto* decay = llvm::dyn_cast<clang::CastExpr>(&chosen_part(base));
    if (decay != nullptr && decay->getCastKind() == clang::CK_ArrayToPointerDecay) {
      result.extent = target(*decay->getSubExpr()).extent;
    }
    if (const auto index = constant_value(*element.getIdx(), context_)) {
      if (index->getSignificantBits() > 16) return refuse_target(kWhyProof);
      result.places = result.places.moved(index->getExtValue() * size);
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

  // Makes sure that an integer is at least 0 and below `most`, which can limit an argument.
  bool below(const clang::Expr& expression, std::int64_t most, const Frame& in) {
    if (const auto constant = constant_value(expression, context_)) {
      return constant->getSignificantBits() < 32 && constant->getExtValue() >= 0 &&
             constant->getExtValue() < most;
    }
    const clang::Expr& part = chosen_part(expression);
    if (part.getType()->isBooleanType()) return most >= 2;
    if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(&part)) {
      const clang::Expr& inner = *cast->getSubExpr();
      if (cast->getCastKind() == clang::CK_IntegralCast) {
        // A value below 128 is the same in each type.
        return below(
            inner,
            std::min<std::int64_t>(most, context_.getIntWidth(part.getType()) <= 8 ? 128 : most),
            in);
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
      const auto right = constant_value(*binary->getRHS(), context_);
      const bool positive = right && right->getSignificantBits() < 32 && right->getExtValue() >= 0;
      switch (binary->getOpcode()) {
        case clang::BO_And:
          if (positive && right->getExtValue() < most) return true;
          return below(*binary->getLHS(), most, in);
        case clang::BO_Rem:
          return positive && right->getExtValue() <= most &&
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

  // Whether a function assigns to its variable anywhere.
  bool is_assigned_later(const clang::VarDecl& variable) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(variable.getDeclContext());
    if (function == nullptr || function->getDefinition() == nullptr) return true;
    const auto [known, added] = assigned_.try_emplace(function->getDefinition());
    if (added) find_assigned(*function->getDefinition()->getBody(), known->second);
    return known->second.contains(&variable);
  }

  static void find_assigned(const clang::Stmt& part, std::set<const clang::Decl*>& found) {
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

  // Memory

  Places address(const Target& target) {
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

  // Bytes of an access, from its place.
  std::pair<std::int64_t, std::int64_t> accessed_bytes(const Target& target,
                                                       const clang::Expr& expression) const {
    const clang::FieldDecl* field = expression.getSourceBitField();
    if (field == nullptr) return {0, target.extent + size_of(expression.getType(), context_)};
    const auto first = context_.getFieldOffset(field) % 8;
    return {0, target.extent +
                   static_cast<std::int64_t>(first + field->getBitWidthValue(context_) + 7) / 8};
  }

  bool access(const Target& target, const clang::Expr& expression) {
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

  Places load(const Target& target, const clang::Expr& expression) {
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

  void store(const Target& target, const clang::Expr& expression, const Places& places) {
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

  struct Written {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    Places places;
  };

  const clang::ASTContext& context_;
  const std::set<std::string>& callable_;
  std::unordered_map<const clang::FunctionDecl*, const char*> reasons_;
  std::map<const clang::FunctionDecl*, std::set<const clang::Decl*>> assigned_;
  // Of the function that is being examined:
  const char* reason_ = nullptr;
  int parts_ = 0;
  std::vector<Frame*> frames_;
  std::vector<std::unique_ptr<Frame>> old_frames_;
  std::map<const Memory*, std::vector<Written>> written_;
};

}  // namespace

PureInlines find_pure_inlines(const clang::ASTContext& context,
                              const std::set<std::string>& callable) {
  PureInlines result;
  Examiner examiner(context, callable);
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
    if (function == nullptr || !function->isThisDeclarationADefinition() ||
        function->getStorageClass() != clang::SC_Static ||
        !callable.contains(function->getName().str())) {
      continue;
    }
    if (const char* reason = examiner.examine(*function)) ++result.calls[reason];
  }
  result.functions = std::move(examiner.functions);
  return result;
}

}  // namespace kmod::headers
