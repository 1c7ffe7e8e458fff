// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {

// Describes the first section in which two object files differ, with the function or variable,
// bytes or relocation, and lists the other sections that differ. Loaded sections come first and
// debug information last, because later differences mostly follow from the first.
//
// Errors: one of the two is not a readable ELF file; the message has the reason.
[[nodiscard]] base::Result<Lines> explain_elf(std::string_view first, std::string_view second);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_DIFFERENCE_H_
