// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Does not include <optional>, which it uses.
#include <array>

std::optional<int> first(const std::array<int, 2>& numbers);

std::optional<int> first(const std::array<int, 2>& numbers) { return numbers[0]; }
