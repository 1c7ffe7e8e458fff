// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What InlineExaminer knows of variables and memory while it follows a function.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_MEMORY_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_MEMORY_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace kmod::headers {

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

inline bool is_scalar(clang::QualType type) {
  return type->isIntegralOrEnumerationType() || type->isPointerType();
}

inline std::int64_t size_of(clang::QualType type, const clang::ASTContext& context) {
  if (type->isVoidType() || type->isFunctionType() || type->isIncompleteType()) return 1;
  return context.getTypeSizeInChars(type).getQuantity();
}

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_INLINE_MEMORY_H_
