// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What differs between two sections of strings that end in zero bytes. Their order follows from
// their contents, so that one other string can move all the rest.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_STRING_DIFFERENCE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_STRING_DIFFERENCE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kmod::reproducibility {

struct StringAt {
  std::string_view text;
  std::size_t offset = 0;  // in the section, bytes
};

// The first string of a section that the other does not have. Nothing where it has all of them.
[[nodiscard]] std::optional<StringAt> string_of_one(std::string_view section,
                                                    std::string_view other);

// In quotes, with bytes that cannot be printed as \x01; "none" for nothing. A long one is cut.
[[nodiscard]] std::string quoted(const std::optional<StringAt>& string);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_STRING_DIFFERENCE_H_
