// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_

#include <string_view>

#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {

// The first difference between two files, in the terms of their format: object file or program,
// static library, initramfs, text, or bytes. A damaged file is compared as bytes, after a line that
// says what is wrong with it.
[[nodiscard]] Lines explain(std::string_view first, std::string_view second);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_EXPLANATION_H_
