// SPDX-License-Identifier: MIT OR GPL-2.0-only
#define _GLIBCXX_ASSERTIONS
#include <span>

int first(std::span<const int> numbers);

int first(std::span<const int> numbers) { return numbers[0]; }
