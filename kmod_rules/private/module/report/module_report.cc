// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Prints a table of modules: bytes, the ratio to the last one, functions with and without ORC data,
// return sites and thunks. The exit status is 1 if a limit of the command line is exceeded.
#include <fmt/core.h>

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/report/module_coverage.h"

namespace kmod::report {
namespace {

struct Options {
  double max_ratio = 0;  // 0: no limit
  bool complete = false;
  std::vector<std::string> modules;
};

struct Row {
  std::string name;
  std::size_t bytes = 0;
  ModuleCoverage coverage;
};

base::FlagSetter positive_number(double& target) {
  return [&target](const std::string& value) -> base::Status {
    const char* const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, target);
    if (error == std::errc() && stop == end && target > 0) return {};
    return std::unexpected("has to be a number above 0");
  };
}

double ratio(const Row& row, const Row& to) {
  return static_cast<double>(row.bytes) / static_cast<double>(to.bytes);
}

base::Result<std::vector<Row>> read_rows(const std::vector<std::string>& modules) {
  std::vector<Row> rows;
  for (const std::string& path : modules) {
    const std::string bytes = KMOD_TRY(base::read_file(path));
    auto coverage = module_coverage(bytes);
    if (!coverage) return std::unexpected(fmt::format("{}: {}", path, coverage.error()));
    rows.push_back({path.substr(path.rfind('/') + 1), bytes.size(), std::move(*coverage)});
  }
  return rows;
}

void print(const std::vector<Row>& rows) {
  fmt::print("{:<28} {:>8} {:>6} {:>8} {:>8} {:>8} {:>8}\n", "module", "bytes", "ratio", "ORC",
             "no ORC", "returns", "thunks");
  for (const Row& row : rows) {
    fmt::print("{:<28} {:>8} {:>6.3f} {:>8} {:>8} {:>8} {:>8}\n", row.name, row.bytes,
               ratio(row, rows.back()), row.coverage.functions_with_orc,
               row.coverage.functions_without_orc.size(), row.coverage.return_sites,
               row.coverage.return_thunks);
    for (const std::string& function : row.coverage.functions_without_orc) {
      fmt::print("    without ORC data: {}\n", function);
    }
  }
}

// Which limits the modules exceed, one line each.
std::vector<std::string> exceeded_limits(const Options& options, const std::vector<Row>& rows) {
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    if (!options.complete) break;
    if (!row.coverage.complete()) {
      lines.push_back(fmt::format("{}: objtool has not covered all of it", row.name));
    }
    if (row.coverage.functions_with_orc == 0) {
      lines.push_back(fmt::format("{}: it has no functions", row.name));
    }
  }
  const double first = ratio(rows.front(), rows.back());
  if (options.max_ratio > 0 && first > options.max_ratio) {
    lines.push_back(fmt::format("{} is {:.3f} times {}, and the limit is {:.3f}", rows.front().name,
                                first, rows.back().name, options.max_ratio));
  }
  return lines;
}

base::Result<int> report(const Options& options) {
  const std::vector<Row> rows = KMOD_TRY(read_rows(options.modules));
  print(rows);
  const std::vector<std::string> exceeded = exceeded_limits(options, rows);
  for (const std::string& line : exceeded) fmt::print("{}\n", line);
  return exceeded.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kmod::report

int main(int argc, char** argv) {
  namespace base = kmod::base;
  kmod::report::Options options;
  base::Flags flags("module_report",
                    "Prints the size of kernel modules and what objtool has covered of them.");
  flags.add(
      {"max-ratio", "NUMBER", "fail if the first is more than this many times the last one's size"},
      kmod::report::positive_number(options.max_ratio));
  flags.add_switch("complete", "fail if objtool has not covered all of each", options.complete);
  flags.add_positional("MODULE.ko", "a module", base::FlagCount::kOneOrMore,
                       base::append(options.modules));
  return base::run_program(flags, argc, argv, [&] { return kmod::report::report(options); },
                           {.failure = 2, .usage = 2});
}
