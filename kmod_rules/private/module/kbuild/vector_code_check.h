// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Refuses C++ that would destroy the vector registers of the user's program.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_VECTOR_CODE_CHECK_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_VECTOR_CODE_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

// A function that uses a register of MMX, SSE, AVX or the x87.
struct VectorUse {
  std::string function;  // as in the symbol table
  std::string reg;       // the first such register, such as "ymm0"
};

// Parses the output of objdump -d in AT&T syntax.
[[nodiscard]] std::vector<VectorUse> find_vector_uses(std::string_view disassembly);

// The compiler uses no such register in C++ code, whatever `copts` and attributes say, but inline
// assembler and objects that were compiled elsewhere can. A module that calls kernel_fpu_begin(),
// or a function of another module that says fpu_begin in its name, may contain such functions.
//
// Errors: `module`, a .ko, calls none, and C++ that is linked into it has such functions. There is
// a line for the first of each library.
[[nodiscard]] base::Status check_vector_code(const KbuildRequest& request, const KbuildPaths& paths,
                                             const ModuleLayout& layout, const std::string& module);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_VECTOR_CODE_CHECK_H_
