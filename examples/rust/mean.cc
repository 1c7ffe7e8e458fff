// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "examples/rust/mean.h"

#include <algorithm>
#include <span>

std::uint32_t mean_of(const std::uint32_t* values, std::size_t count) {
  std::uint64_t sum = 0;
  std::ranges::for_each(std::span(values, count), [&](std::uint32_t value) { sum += value; });
  return count == 0 ? 0 : static_cast<std::uint32_t>(sum / count);
}
