// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What clang-tidy must find, or it does not look: a fault of a header of this project, by the flow
// in a function, below a template of the standard library, and by the analyzer on one path.

#include "tests/lint/seeded/faults.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

int UseAfterMove(std::string text) {
  const std::string taken = std::move(text);
  return static_cast<int>(taken.size() + text.size());  // bugprone-use-after-move
}

bool HasX(const std::vector<std::string>& texts) {
  return std::ranges::any_of(texts, [](std::string text) {
    return text == "x";  // performance-unnecessary-value-param
  });
}

int NullPath(const int* number) {
  if (number == nullptr) {
    return *number;  // clang-analyzer-core.NullDereference
  }
  return Number(*number).value();
}
