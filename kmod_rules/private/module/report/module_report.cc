// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// module_report [--max-ratio=R] [--complete] MODULE.ko...
// Prints a table of modules: bytes, the ratio to the last one, functions with and without ORC data,
// return sites and thunks. With --max-ratio, fails if the first is more than R times the last one's
// size; with --complete, fails if objtool has not covered all of each.

#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/report/module_coverage.h"

namespace {

struct Row {
  std::string name;
  std::size_t bytes = 0;
  kmod::report::ModuleCoverage coverage;
};

std::string base_name(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

void print(const Row& row, double ratio) {
  std::printf("%-28s %8zu %6.3f %8zu %8zu %8zu %8zu\n", row.name.c_str(), row.bytes, ratio,
              row.coverage.functions_with_orc, row.coverage.functions_without_orc.size(),
              row.coverage.return_sites, row.coverage.return_thunks);
  for (const std::string& function : row.coverage.functions_without_orc) {
    std::printf("    without ORC data: %s\n", function.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kMaxRatio = "--max-ratio=";
  double max_ratio = 0;
  bool complete = false;
  std::vector<Row> rows;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--complete") {
      complete = true;
    } else if (argument.starts_with(kMaxRatio)) {
      const std::string_view number = argument.substr(kMaxRatio.size());
      const auto [end, error] =
          std::from_chars(number.data(), number.data() + number.size(), max_ratio);
      if (error != std::errc() || end != number.data() + number.size() || max_ratio <= 0) {
        std::fprintf(stderr, "module_report: %s: give a number above 0\n", argv[i]);
        return 2;
      }
    } else if (argument.starts_with("--")) {
      std::fprintf(stderr, "module_report: unknown option %s\n", argv[i]);
      return 2;
    } else {
      const auto bytes = kmod::base::read_file(argv[i]);
      if (!bytes) {
        std::fprintf(stderr, "module_report: %s\n", bytes.error().c_str());
        return 2;
      }
      auto coverage = kmod::report::module_coverage(*bytes);
      if (!coverage) {
        std::fprintf(stderr, "module_report: %s: %s\n", argv[i], coverage.error().c_str());
        return 2;
      }
      rows.push_back({base_name(argument), bytes->size(), *coverage});
    }
  }
  if (rows.empty()) {
    std::fprintf(stderr, "usage: module_report [--max-ratio=R] [--complete] MODULE.ko...\n");
    return 2;
  }

  std::printf("%-28s %8s %6s %8s %8s %8s %8s\n", "module", "bytes", "ratio", "ORC", "no ORC",
              "returns", "thunks");
  bool good = true;
  for (const Row& row : rows) {
    print(row, static_cast<double>(row.bytes) / static_cast<double>(rows.back().bytes));
    if (complete && !row.coverage.complete()) {
      std::printf("%s: objtool has not covered all of it\n", row.name.c_str());
      good = false;
    }
    if (complete && row.coverage.functions_with_orc == 0) {
      std::printf("%s: it has no function at all\n", row.name.c_str());
      good = false;
    }
  }
  const double ratio =
      static_cast<double>(rows.front().bytes) / static_cast<double>(rows.back().bytes);
  if (max_ratio > 0 && ratio > max_ratio) {
    std::printf("%s is %.3f times %s, and may be %.3f\n", rows.front().name.c_str(), ratio,
                rows.back().name.c_str(), max_ratio);
    good = false;
  }
  return good ? 0 : 1;
}
