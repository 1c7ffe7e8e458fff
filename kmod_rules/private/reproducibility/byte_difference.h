// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Where two strings of bytes part, and what they look like there.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/reproducibility/report_lines.h"

namespace kmod::reproducibility {

// The offset of the first byte that differs; where one of them only goes on, that is the other's
// size. Nothing where they are equal.
[[nodiscard]] std::optional<std::size_t> first_difference(std::string_view first,
                                                          std::string_view second);

// Both around `offset`, which is their first difference: the bytes, and the text where it is in
// one.
[[nodiscard]] Lines show_bytes(std::string_view first, std::string_view second, std::size_t offset);

// "0x24".
[[nodiscard]] std::string hexadecimal(std::size_t number);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_
