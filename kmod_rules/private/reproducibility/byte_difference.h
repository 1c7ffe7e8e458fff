// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds where two strings of bytes differ, and writes it as lines of a report.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::reproducibility {

// Lines of a report, from the outermost to the innermost difference.
using Lines = std::vector<std::string>;

// A title, followed by the lines with an indentation of two columns.
[[nodiscard]] Lines titled(std::string title, Lines lines);

// The offset of the first byte that differs, or the size of the shorter string if the other one
// begins with it. Nothing if the strings are equal.
[[nodiscard]] std::optional<std::size_t> first_difference(std::string_view first,
                                                          std::string_view second);

// The bytes of both strings around `offset`, their first difference, and the text there if there is
// any.
[[nodiscard]] Lines show_bytes(std::string_view first, std::string_view second, std::size_t offset);

// "0x24".
[[nodiscard]] std::string hexadecimal(std::size_t number);

struct StringAt {
  std::string_view text;
  std::size_t offset = 0;  // in the section, bytes
};

// The first string of a section of zero-terminated strings that the other section does not have, or
// nothing. The order of strings depends on their contents, so one different string can move all
// others.
[[nodiscard]] std::optional<StringAt> string_of_one(std::string_view section,
                                                    std::string_view other);

// The string in quotes, with non-printable bytes as \x01; "none" for nothing. Long strings are cut.
[[nodiscard]] std::string quoted(const std::optional<StringAt>& string);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_BYTE_DIFFERENCE_H_
