// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Explains the difference between two static libraries (ar) or two initramfs (cpio).
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {

// Explains the difference between two members; explain() of explanation.h.
using Explain = Lines (*)(std::string_view first, std::string_view second);

// The first member that differs, with the explanation of `inside`.
//
// Errors: one of the archives is damaged.
[[nodiscard]] base::Result<Lines> explain_static_library(std::string_view first,
                                                         std::string_view second, Explain inside);
[[nodiscard]] base::Result<Lines> explain_initramfs(std::string_view first, std::string_view second,
                                                    Explain inside);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_
