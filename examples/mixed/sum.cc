// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "examples/mixed/sum.h"

#include <ranges>
#include <span>

#include "examples/mixed/page_size.h"
#include "kmod/print.h"

unsigned long sum_with_page(const unsigned long* numbers, unsigned long count) {
  unsigned long sum = mixed_page_size();
  for (const unsigned long number : std::span(numbers, count) | std::views::reverse) {
    sum += number;
  }
  pr_info("C++ adds to %lu\n", sum);
  return sum;
}
