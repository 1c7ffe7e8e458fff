// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {

// Which section of two object files differs first, and in it which function or variable, bytes or
// relocation; then which other sections differ. A section that is loaded comes before one that is
// not, and debug information last: the others mostly follow from the first.
//
// Errors: one of the two is no ELF file that can be read, and why.
[[nodiscard]] base::Result<Lines> explain_elf(std::string_view first, std::string_view second);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_
