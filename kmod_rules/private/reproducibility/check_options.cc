// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/check_options.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {
namespace {

using Status = std::expected<void, std::string>;

Status set_number(const base::Argument& option, std::size_t smallest, std::size_t& number) {
  const char* const begin = option.value.data();
  const char* const end = begin + option.value.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error == std::errc() && stop == end && number >= smallest) return {};
  return std::unexpected("--" + option.name + "=" + option.value + ": give a number from " +
                         std::to_string(smallest) + " on");
}

Status keep(const std::string& name, std::set<std::string>& kept) {
  if (std::ranges::find(kVariations, name) != std::end(kVariations)) {
    kept.insert(name);
    return {};
  }
  std::string known;
  for (const std::string_view variation : kVariations) {
    known += (known.empty() ? "" : ", ") + std::string(variation);
  }
  return std::unexpected("--keep=" + name + ": there is no such variation. There are: " + known);
}

Status set(const base::Argument& option, CheckOptions& options) {
  std::size_t jobs = 0;
  if (option.name == "jobs") {
    options.jobs = option.value;
    return set_number(option, 1, jobs);
  }
  if (option.name == "explain") return set_number(option, 0, options.explain);
  if (option.name == "keep") return keep(option.value, options.keep);
  if (option.name == "build_option") {
    options.build_options.push_back(option.value);
    return {};
  }
  std::string* const text = option.name == "fake_clock"       ? &options.fake_clock
                            : option.name == "locales"        ? &options.locales
                            : option.name == "bazel"          ? &options.bazel
                            : option.name == "scratch"        ? &options.scratch
                            : option.name == "spawn_strategy" ? &options.spawn_strategy
                                                              : nullptr;
  if (text == nullptr) {
    return std::unexpected("unknown option --" + option.name +
                           ". There are --bazel, --build_option, --explain, --jobs, --keep, "
                           "--scratch and --spawn_strategy. Options of Bazel itself are passed by "
                           "--build_option=--" +
                           option.name + "=…");
  }
  *text = option.value;
  return {};
}

}  // namespace

std::expected<CheckOptions, std::string> parse_check_options(
    const std::vector<std::string>& arguments) {
  CheckOptions options;
  std::vector<std::string> words;
  for (const std::string& argument : arguments) {
    // A target that is taken out again begins with one dash.
    (argument.starts_with("--") ? words : options.targets).push_back(argument);
  }
  const auto parsed = base::parse_arguments(words);
  if (!parsed) return std::unexpected(parsed.error());
  for (const base::Argument& option : *parsed) {
    if (auto done = set(option, options); !done) return std::unexpected(done.error());
  }
  if (options.targets.empty()) {
    return std::unexpected(
        "name the targets to check, such as: bazel run //kmod_rules:check_reproducible -- "
        "//hello:hello_ko");
  }
  return options;
}

}  // namespace kmod::reproducibility
