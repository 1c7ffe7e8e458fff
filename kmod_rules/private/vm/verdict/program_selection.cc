// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/program_selection.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

void skip_unless(const std::vector<bool>& wanted, const std::string& reason,
                 Expectation& expectation) {
  std::vector<std::string> left;
  for (std::size_t i = 0; i < expectation.programs.size(); ++i) {
    if (wanted[i]) {
      left.push_back(expectation.programs[i]);
    } else {
      expectation.skipped_programs.push_back({expectation.programs[i], reason});
    }
  }
  expectation.programs = std::move(left);
}

base::Status filter_programs(const std::string& filter, Expectation& expectation) {
  std::vector<Pattern> patterns;
  for (std::string_view text : base::split(filter, ':')) patterns.emplace_back(std::string(text));
  std::vector<bool> wanted;
  wanted.reserve(expectation.programs.size());
  for (const std::string& program : expectation.programs) {
    wanted.push_back(std::ranges::any_of(
        patterns, [&](const Pattern& pattern) { return pattern.matches(program); }));
  }
  if (std::ranges::find(wanted, true) == wanted.end()) {
    return std::unexpected(fmt::format(
        "--test_filter={} matches no program of this test; {}", filter,
        expectation.programs.empty()
            ? "it has no programs, so run it without a filter"
            : fmt::format("its programs are {}", fmt::join(expectation.programs, ", "))));
  }
  skip_unless(wanted, fmt::format("--test_filter={} does not match it", filter), expectation);
  return {};
}

}  // namespace

base::Status select_programs(const RunRequest& request, Expectation& expectation) {
  if (!request.filter.empty()) KMOD_TRY(filter_programs(request.filter, expectation));
  if (request.shard_count.empty()) return {};
  const auto count = base::parse_number<std::uint32_t>(request.shard_count);
  const auto index = base::parse_number<std::uint32_t>(request.shard_index);
  if (!count || !index || *index >= *count) {
    return std::unexpected(
        fmt::format("the environment's TEST_SHARD_INDEX is \"{}\" and its TEST_TOTAL_SHARDS is "
                    "\"{}\"; the index "
                    "has to be a number below the total",
                    request.shard_index, request.shard_count));
  }
  std::vector<bool> wanted;
  wanted.reserve(expectation.programs.size());
  for (std::size_t i = 0; i < expectation.programs.size(); ++i) {
    wanted.push_back(i % *count == *index);
  }
  skip_unless(wanted, "another shard runs it", expectation);
  return {};
}

}  // namespace kmod::vm
