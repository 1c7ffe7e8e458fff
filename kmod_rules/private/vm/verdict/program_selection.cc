// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/program_selection.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

std::optional<std::uint32_t> parse_number(const std::string& text) {
  std::uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

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

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::expected<void, std::string> filter_programs(const std::string& filter,
                                                 Expectation& expectation) {
  std::vector<Pattern> patterns;
  for (std::string_view text : base::split(filter, ':')) patterns.emplace_back(std::string(text));
  std::vector<bool> wanted;
  wanted.reserve(expectation.programs.size());
  for (const std::string& program : expectation.programs) {
    wanted.push_back(std::ranges::any_of(
        patterns, [&](const Pattern& pattern) { return pattern.matches(program); }));
  }
  if (std::ranges::find(wanted, true) == wanted.end()) {
    return std::unexpected("--test_filter=" + filter + " matches no program of this test; " +
                           (expectation.programs.empty()
                                ? "it has none, so run it without a filter"
                                : "there are " + join(expectation.programs)));
  }
  skip_unless(wanted, "--test_filter=" + filter + " leaves it out", expectation);
  return {};
}

}  // namespace

std::expected<void, std::string> select_programs(const RunRequest& request,
                                                 Expectation& expectation) {
  if (!request.filter.empty()) {
    if (auto status = filter_programs(request.filter, expectation); !status) return status;
  }
  if (request.shard_count.empty()) return {};
  const auto count = parse_number(request.shard_count);
  const auto index = parse_number(request.shard_index);
  if (!count || !index || *index >= *count) {
    return std::unexpected("the environment's TEST_SHARD_INDEX is \"" + request.shard_index +
                           "\" and TEST_TOTAL_SHARDS is \"" + request.shard_count +
                           "\", which name no shard");
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
