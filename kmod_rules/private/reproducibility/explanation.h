// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_

#include <string_view>

#include "kmod_rules/private/reproducibility/report_lines.h"

namespace kmod::reproducibility {

// What differs first between two files that are not equal, by what they are: an object file or
// program, a static library, an initramfs, text, or else just bytes. A file that is damaged is
// bytes, and the first line says what is wrong with it.
[[nodiscard]] Lines explain(std::string_view first, std::string_view second);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_
