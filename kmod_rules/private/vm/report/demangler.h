// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_DEMANGLER_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_DEMANGLER_H_

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace kmod::vm {

// Turns mangled names into what the person who wrote the code knows. The demangler has to be as new
// as the compiler: that of libstdc++ 12 does not know the constraints of C++20 in a name.
class Demangler {
 public:
  // `program` is llvm-cxxfilt of the compiler's own release; empty if there is none.
  explicit Demangler(std::string program) : program_(std::move(program)) {}

  // Replaces what is a mangled name and leaves everything else. All names go to the program at
  // once; it takes 10 to 40 ms to start.
  //
  // Errors: the program is missing or fails; then the names are those that libstdc++ makes of them.
  [[nodiscard]] std::expected<void, std::string> demangle(
      const std::vector<std::string*>& names) const;

 private:
  std::string program_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_DEMANGLER_H_
