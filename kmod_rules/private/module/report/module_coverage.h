// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How much of a kernel module objtool has covered: unwind data for its functions, and a site for
// each return that the kernel may patch. The kernel can neither unwind through nor harden code that
// objtool has not covered.
#ifndef KMOD_RULES_PRIVATE_MODULE_REPORT_MODULE_COVERAGE_H_
#define KMOD_RULES_PRIVATE_MODULE_REPORT_MODULE_COVERAGE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::report {

struct ModuleCoverage {
  std::size_t functions_with_orc = 0;
  std::vector<std::string> functions_without_orc;  // names, as in the symbol table
  std::size_t return_sites = 0;                    // entries of .return_sites
  std::size_t return_thunks = 0;                   // relocations of code to __x86_return_thunk

  [[nodiscard]] bool complete() const {
    return functions_without_orc.empty() && return_sites == return_thunks;
  }
};

// `module` is the content of a .ko for x86-64 with ORC (Linux 4.14 and later).
//
// Errors: what is wrong with the file, without its name, which the caller knows.
[[nodiscard]] base::Result<ModuleCoverage> module_coverage(std::string_view module);

}  // namespace kmod::report

#endif  // KMOD_RULES_PRIVATE_MODULE_REPORT_MODULE_COVERAGE_H_
