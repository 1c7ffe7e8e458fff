// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What differs between two archives: static libraries (ar) and initramfs (cpio).
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_

#include <expected>
#include <string>
#include <string_view>

#include "kmod_rules/private/reproducibility/report_lines.h"

namespace kmod::reproducibility {

// Explains what is inside an archive; explain() of explanation.h.
using Explain = Lines (*)(std::string_view first, std::string_view second);

// The first member that differs, and in it what `inside` says.
//
// Errors: one of the two cannot be read, and why.
[[nodiscard]] std::expected<Lines, std::string> explain_static_library(std::string_view first,
                                                                       std::string_view second,
                                                                       Explain inside);
[[nodiscard]] std::expected<Lines, std::string> explain_initramfs(std::string_view first,
                                                                  std::string_view second,
                                                                  Explain inside);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ARCHIVE_DIFFERENCE_H_
