// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/flags.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "kmod_rules/private/base/edit_distance.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::base {
namespace {

bool may_repeat(FlagCount count) {
  return count == FlagCount::kAny || count == FlagCount::kOneOrMore;
}

bool is_required(FlagCount count) {
  return count == FlagCount::kOnce || count == FlagCount::kOneOrMore;
}

std::string_view count_note(FlagCount count) {
  switch (count) {
    case FlagCount::kAtMostOnce:
      return "";
    case FlagCount::kOnce:
      return " (required)";
    case FlagCount::kAny:
      return " (repeatable)";
    case FlagCount::kOneOrMore:
      return " (required, repeatable)";
  }
  return "";
}

// A message that begins with the argument. A long value would hide the reason, so it is cut.
std::unexpected<std::string> refused(std::string_view argument, std::string_view why) {
  constexpr std::size_t kMaxShown = 200;
  const bool cut = argument.size() > kMaxShown;
  return std::unexpected(
      fmt::format("{}{} {}", argument.substr(0, kMaxShown), cut ? "…" : "", why));
}

// "  --name=VALUE  help", with all lines of the help in one column.
std::string help_row(const std::string& left, std::string_view help) {
  constexpr std::size_t kColumn = 28;
  std::string text = "  " + left;
  if (text.size() + 2 > kColumn) text += '\n';
  const std::size_t start = text.rfind('\n') + 1;
  text.append(kColumn - (text.size() - start), ' ');
  for (const char c : help) {
    text += c;
    if (c == '\n') text.append(kColumn, ' ');
  }
  return text + '\n';
}

}  // namespace

struct Flags::Seen {
  std::map<std::string_view, int> flags;
  int positional = 0;
  bool only_positional = false;
  bool help = false;
};

void Flags::add(const Flag& flag, FlagSetter setter) {
  rows_.push_back({flag, std::move(setter), Takes::kValue});
}

void Flags::add_switch(std::string_view name, std::string_view help, bool& target) {
  rows_.push_back({{.name = name, .value = "", .help = help},
                   [&target](const std::string&) -> Status {
                     target = true;
                     return {};
                   },
                   Takes::kNothing});
}

void Flags::add_optional_value(const Flag& flag, FlagSetter setter) {
  rows_.push_back({flag, std::move(setter), Takes::kOptionalValue});
}

void Flags::add_positional(std::string_view name, std::string_view help, FlagCount count,
                           FlagSetter setter) {
  positional_ = Row{{.name = name, .value = "", .help = help, .count = count}, std::move(setter)};
}

Status Flags::take_positional(const std::string& argument, Seen& seen) const {
  if (!positional_) return refused(argument, "is not a flag: each begins with --");
  if (seen.positional++ > 0 && !may_repeat(positional_->flag.count)) {
    return refused(argument, fmt::format("is a second {}", positional_->flag.name));
  }
  if (const Status set = positional_->setter(argument); !set) return refused(argument, set.error());
  return {};
}

Status Flags::take(const std::string& argument, Seen& seen) const {
  if (seen.only_positional || !argument.starts_with("--")) return take_positional(argument, seen);
  if (argument == "--") {
    seen.only_positional = true;
    return {};
  }
  const std::size_t equals = argument.find('=');
  const bool has_value = equals != std::string::npos;
  const std::string_view name =
      std::string_view(argument).substr(2, has_value ? equals - 2 : equals);
  if (name == "help" && !has_value) {
    seen.help = true;
    return {};
  }
  const auto row = std::ranges::find(rows_, name, [](const Row& each) { return each.flag.name; });
  if (row == rows_.end()) {
    std::vector<std::string_view> names;
    names.reserve(rows_.size());
    for (const Row& each : rows_) names.push_back(each.flag.name);
    const auto near = nearest_names(name, names, 1);
    return std::unexpected(
        fmt::format("--{} is unknown. {}--help lists the flags.{}{}", name,
                    near.empty() ? "" : fmt::format("Did you mean --{}? ", near[0]),
                    unknown_hint_.empty() ? "" : " ", unknown_hint_));
  }
  if (row->takes == Takes::kValue && !has_value) {
    return std::unexpected(
        fmt::format("--{0} has no value. Write --{0}={1}.", name, row->flag.value));
  }
  if (row->takes == Takes::kNothing && has_value) {
    return refused(argument, fmt::format("has a value, and --{} takes none", name));
  }
  if (seen.flags[row->flag.name]++ > 0 && !may_repeat(row->flag.count)) {
    return refused(argument, fmt::format("is a second --{}", name));
  }
  const Status set = row->setter(has_value ? argument.substr(equals + 1) : std::string());
  if (!set) return refused(argument, set.error());
  return {};
}

Status Flags::check_missing(const Seen& seen) const {
  for (const Row& row : rows_) {
    if (is_required(row.flag.count) && !seen.flags.contains(row.flag.name)) {
      return std::unexpected(
          fmt::format("--{}={} is missing: {}", row.flag.name, row.flag.value, row.flag.help));
    }
  }
  if (positional_ && is_required(positional_->flag.count) && seen.positional == 0) {
    return std::unexpected(
        fmt::format("{} is missing: {}", positional_->flag.name, positional_->flag.help));
  }
  return {};
}

Result<bool> Flags::parse(const std::vector<std::string>& arguments) const {
  Seen seen;
  for (const std::string& argument : arguments) {
    if (!argument.starts_with('@') || seen.only_positional) {
      KMOD_TRY(take(argument, seen));
    } else {
      const std::string path = argument.substr(1);
      const auto contents = read_file(path);
      if (!contents) return std::unexpected("parameter file: " + contents.error());
      for (const std::string_view line : split_lines(*contents)) {
        if (line.empty()) continue;
        if (const Status taken = take(std::string(line), seen); !taken) {
          return std::unexpected(path + ": " + taken.error());
        }
      }
    }
    if (seen.help) return false;
  }
  KMOD_TRY(check_missing(seen));
  return true;
}

std::string Flags::help() const {
  std::string text =
      fmt::format("usage: {}{}{}\n\n{}\n\n", program_, rows_.empty() ? "" : " [FLAG]...",
                  positional_ ? fmt::format(" {}{}", positional_->flag.name,
                                            may_repeat(positional_->flag.count) ? "..." : "")
                              : "",
                  description_);
  if (positional_) text += help_row(std::string(positional_->flag.name), positional_->flag.help);
  for (const Row& row : rows_) {
    const std::string value = row.takes == Takes::kNothing ? ""
                              : row.takes == Takes::kOptionalValue
                                  ? fmt::format("[={}]", row.flag.value)
                                  : fmt::format("={}", row.flag.value);
    text += help_row(fmt::format("--{}{}", row.flag.name, value),
                     fmt::format("{}{}", row.flag.help, count_note(row.flag.count)));
  }
  text += help_row("--help", "print this text");
  if (!epilogue_.empty()) text += fmt::format("\n{}\n", epilogue_);
  return text;
}

FlagSetter text(std::string& target) {
  return [&target](const std::string& value) -> Status {
    if (value.empty()) return std::unexpected("has an empty value");
    target = value;
    return {};
  };
}

FlagSetter any_text(std::string& target) {
  return [&target](const std::string& value) -> Status {
    target = value;
    return {};
  };
}

FlagSetter append(std::vector<std::string>& target) {
  return [&target](const std::string& value) -> Status {
    if (value.empty()) return std::unexpected("has an empty value");
    target.push_back(value);
    return {};
  };
}

FlagSetter path(std::string& target, std::string directory) {
  return [&target, directory = std::move(directory)](const std::string& value) -> Status {
    if (value.empty()) return std::unexpected("has an empty value");
    target = std::filesystem::path(directory) / value;
    return {};
  };
}

FlagSetter pair(char separator, std::function<Status(std::string, std::string)> add) {
  return [separator, add = std::move(add)](const std::string& value) -> Status {
    const std::size_t at = value.find(separator);
    if (at == std::string::npos || at == 0 || at + 1 == value.size()) {
      return std::unexpected(
          fmt::format("has to be two texts with \"{}\" between them", separator));
    }
    return add(value.substr(0, at), value.substr(at + 1));
  };
}

std::string range_error(std::string_view least, std::string_view most) {
  return fmt::format("has to be a number from {} to {}", least, most);
}

std::string choice_error(const std::vector<std::string_view>& words) {
  return fmt::format("has to be one of {}", join(words, ", "));
}

int run_program(const Flags& flags, int argc, char** argv, const std::function<Result<int>()>& body,
                ExitStatuses statuses) {
  const auto fail = [&](const std::string& message, int status) {
    fmt::print(stderr, "{}: {}\n", flags.program(), message);
    return status;
  };
  const auto parsed = flags.parse({argv + 1, argv + argc});
  if (!parsed) return fail(parsed.error(), statuses.usage);
  if (!*parsed) {
    fmt::print("{}", flags.help());
    return 0;
  }
  const Result<int> done = body();
  return done ? *done : fail(done.error(), statuses.failure);
}

}  // namespace kmod::base
