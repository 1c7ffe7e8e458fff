// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Symbols of C++ as the person who wrote the code knows them.
#ifndef KMOD_RULES_PRIVATE_BASE_DEMANGLER_H_
#define KMOD_RULES_PRIVATE_BASE_DEMANGLER_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// Is this the symbol of a function or variable of C++ or Rust?
[[nodiscard]] bool is_mangled(std::string_view symbol);

// The function or variable that a reference is in: `init_module()`, `table`. The name of C++ stays
// mangled, for a Demangler. A static constructor has the name of its file, the only information in
// its symbol.
[[nodiscard]] std::string describe_referrer(std::string_view symbol, bool is_function);

// Runs llvm-cxxfilt of the compiler's own release. An older demangler does not do: those of
// binutils 2.40 and libstdc++ 14 cannot parse the constraints of C++20 that Clang 19 writes into a
// name.
class Demangler {
 public:
  // `program` is the path of llvm-cxxfilt, or empty if there is none. It is not run before
  // demangle() gets a mangled name.
  explicit Demangler(std::string program) : program_(std::move(program)) {}

  // Replaces each mangled name, `_ZN5Hello6createEv`, by `Hello::create()`, and leaves all others
  // as they are. One process, which takes 10 to 40 ms, translates all of them.
  //
  // Errors: "C++ names are shown mangled" and why: the program is missing or fails. The names are
  // unchanged then.
  [[nodiscard]] Status demangle(const std::vector<std::string*>& names) const;

  // The same for every mangled name within lines of text.
  [[nodiscard]] Status demangle_text(std::vector<std::string>& lines) const;

 private:
  [[nodiscard]] Result<std::vector<std::string>> run(
      const std::vector<std::string_view>& symbols) const;

  std::string program_;
};

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_DEMANGLER_H_
