// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_EXAMINER_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_EXAMINER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "kmod_rules/private/headers/translator/inline_memory.h"
#include "kmod_rules/private/headers/translator/pure_inlines.h"

namespace kmod::headers {

// Why a function stays a call.
inline constexpr char kWhyAssembler[] = "assembler";
inline constexpr char kWhyCall[] = "a call of another function";
inline constexpr char kWhyVariable[] = "a variable of the kernel";
inline constexpr char kWhyType[] = "a record or another type that is no number or pointer";
inline constexpr char kWhyLoop[] = "a loop or a jump";
inline constexpr char kWhyProof[] = "no test can prepare its arguments";
inline constexpr char kWhyOther[] = "another reason";

// How much memory the test prepares for all arguments, and how far an index goes. A constant index,
// or a constant step of a pointer, goes at most kMostDistance elements.
inline constexpr std::int64_t kMostMemory = 32 << 10;
inline constexpr std::int64_t kMostIndexed = 2048;
inline constexpr std::int64_t kMostElements = 256;
inline constexpr std::int64_t kMostDistance = 1 << 15;

// Inline functions call each other to this depth, and have so many parts.
inline constexpr int kMostDepth = 16;
inline constexpr int kMostParts = 5000;

// Decides whether a static inline function is pure: follows all that it can execute, and what each
// pointer can lead to. Its parts are inline_examiner.cc (functions and statements),
// inline_values.cc (expressions) and inline_accesses.cc (variables and memory).
class InlineExaminer {
 public:
  InlineExaminer(const clang::ASTContext& context, const std::set<std::string>& callable)
      : context_(context), callable_(callable) {}

  // Why the function stays a call; null if it is pure. Functions that it calls come first.
  const char* examine(const clang::FunctionDecl& function);

  PureFunctions functions;

 private:
  const char* examine_alone(const clang::FunctionDecl& function);
  static std::string describe(const Memory& memory, std::int64_t& total);
  // The definition of a static inline function that a call names.
  static const clang::FunctionDecl* inline_callee(const clang::CallExpr& call);
  // Walks over what is executed, as statement() does, but only looks at calls.
  const char* examine_callees(const clang::Stmt& part);
  void fail(const char* reason);
  Frame& frame() { return *frames_.back(); }

  // Statements

  void statement(const clang::Stmt* part);
  void declare(const clang::Decl& declaration);

  // Expressions

  // In C, an assignment has the assigned value; in C++, it is the variable, which would be read
  // again if it is volatile. So such an assignment is a statement of its own.
  static bool is_volatile_assignment(const clang::Expr& expression);
  void assign_volatile(const clang::Expr& expression);
  void discard(const clang::Expr& expression);
  Places value(const clang::Expr& expression);
  Places refuse(const char* reason);
  Places block_value(const clang::StmtExpr& block);
  Places cast_value(const clang::CastExpr& cast);
  Places unary_value(const clang::UnaryOperator& unary);
  Places binary_value(const clang::BinaryOperator& binary);
  // A shift by too many bits is undefined, and a division by 0 stops the kernel.
  void check_operation(bool shifts, bool divides, clang::QualType type, const clang::Expr& right);
  Places compound_assignment(const clang::BinaryOperator& binary);
  Places pointer_arithmetic(const clang::BinaryOperator& binary);
  Places call_value(const clang::CallExpr& call);

  // Targets

  Target target(const clang::Expr& expression);
  Target refuse_target(const char* reason);
  Target member_target(const clang::MemberExpr& member);
  Target element_target(const clang::ArraySubscriptExpr& element);
  // Makes sure that an integer is at least 0 and below `most`, which can limit an argument.
  bool below(const clang::Expr& expression, std::int64_t most, const Frame& in);
  // Whether a function assigns to its variable anywhere.
  bool is_assigned_later(const clang::VarDecl& variable);
  static void find_assigned(const clang::Stmt& part, std::set<const clang::Decl*>& found);

  // Memory

  Places address(const Target& target);
  // Bytes of an access, from its place.
  std::pair<std::int64_t, std::int64_t> accessed_bytes(const Target& target,
                                                       const clang::Expr& expression) const;
  bool access(const Target& target, const clang::Expr& expression);
  Places load(const Target& target, const clang::Expr& expression);
  void store(const Target& target, const clang::Expr& expression, const Places& places);

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

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_EXAMINER_H_
