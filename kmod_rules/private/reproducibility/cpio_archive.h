// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the entries of a cpio archive in the "newc" format of an initramfs.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_CPIO_ARCHIVE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_CPIO_ARCHIVE_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::reproducibility {

struct CpioEntry {
  std::string_view path;
  std::string_view header;  // mode, owner, time and so on, as text
  std::string_view contents;
};

[[nodiscard]] bool is_cpio(std::string_view bytes);

// The entries in order, without the trailer; they point into `bytes`.
//
// Errors: the file's fault, without its name.
[[nodiscard]] base::Result<std::vector<CpioEntry>> parse_cpio(std::string_view bytes);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_CPIO_ARCHIVE_H_
