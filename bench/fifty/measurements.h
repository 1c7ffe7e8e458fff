// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What was measured, and the table of it.
#ifndef BENCH_FIFTY_MEASUREMENTS_H_
#define BENCH_FIFTY_MEASUREMENTS_H_

#include <string>
#include <utility>
#include <vector>

#include "bench/fifty/builders.h"

namespace kmod::bench {

class Measurements {
 public:
  // One build by make and one by Bazel of the same change, one after the other.
  void add(const std::string& row, const Cost& make, const Cost& bazel);

  // A row for each kind of change: medians of seconds and of processor seconds, the median of the
  // pairs' ratios, and the smallest and the largest ratio.
  [[nodiscard]] std::string table() const;

 private:
  struct Row {
    std::string name;
    std::vector<std::pair<Cost, Cost>> pairs;
  };
  std::vector<Row> rows_;
};

[[nodiscard]] double median(std::vector<double> values);

}  // namespace kmod::bench

#endif  // BENCH_FIFTY_MEASUREMENTS_H_
