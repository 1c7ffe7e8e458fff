// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "bench/fifty/measurements.h"

#include <fmt/core.h>

#include <algorithm>

namespace kmod::bench {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void Measurements::add(const std::string& row, const Cost& make, const Cost& bazel) {
  auto at = std::ranges::find(rows_, row, &Row::name);
  if (at == rows_.end()) {
    rows_.push_back({.name = row, .pairs = {}});
    at = rows_.end() - 1;
  }
  at->pairs.emplace_back(make, bazel);
}

std::string Measurements::table() const {
  std::string text = fmt::format("{:<26}{:>9}{:>9}{:>7}{:>14}{:>11}{:>11}{:>7}\n", "", "make s",
                                 "Bazel s", "ratio", "from to", "make CPU", "Bazel CPU", "ratio");
  for (const Row& row : rows_) {
    std::vector<double> make;
    std::vector<double> bazel;
    std::vector<double> ratios;
    std::vector<double> make_cpu;
    std::vector<double> bazel_cpu;
    std::vector<double> cpu_ratios;
    for (const auto& [by_make, by_bazel] : row.pairs) {
      make.push_back(by_make.seconds);
      bazel.push_back(by_bazel.seconds);
      ratios.push_back(by_bazel.seconds / by_make.seconds);
      make_cpu.push_back(by_make.cpu);
      bazel_cpu.push_back(by_bazel.cpu);
      cpu_ratios.push_back(by_bazel.cpu / by_make.cpu);
    }
    const auto [least, most] = std::ranges::minmax(ratios);
    text += fmt::format("{:<26}{:>9.2f}{:>9.2f}{:>7.2f}{:>14}{:>11.2f}{:>11.2f}{:>7.2f}\n",
                        row.name, median(make), median(bazel), median(ratios),
                        fmt::format("{:.2f} {:.2f}", least, most), median(make_cpu),
                        median(bazel_cpu), median(cpu_ratios));
  }
  return text;
}

}  // namespace kmod::bench
