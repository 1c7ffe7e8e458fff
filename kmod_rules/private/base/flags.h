// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The command line of a program, as one table: each row has a name, what the value looks like, a
// help text and a setter. `--help`, parameter files and the errors follow from the table.
//
//   base::Flags flags("fill_distdir", "Fills a directory with every package of the locks.");
//   flags.add({"jobs", "COUNT", "downloads at a time"}, base::number(options.jobs, 1, 64));
//   flags.add({.name = "lock", .value = "FILE", .help = "a lock", .count = base::kOneOrMore},
//   base::append(options.locks)); flags.add_switch("check", "only check", options.check);
//   flags.add_positional({"DIR", "the directory to fill", base::kOnce},
//   base::text(options.directory)); return base::run_program(flags, argc, argv, [&] { return
//   fill(options); });  // a base::Result<int>
#ifndef KMOD_RULES_PRIVATE_BASE_FLAGS_H_
#define KMOD_RULES_PRIVATE_BASE_FLAGS_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// How often a flag may be given.
enum class FlagCount : std::uint8_t { kAtMostOnce, kOnce, kAny, kOneOrMore };

// Takes a flag's value. Errors: what is wrong with the value, without the flag's name, such as "is
// not a number from 1 to 64".
using FlagSetter = std::function<Status(const std::string& value)>;

struct Flag {
  std::string_view name;   // without the dashes, such as "memory-mib"
  std::string_view value;  // what the value looks like, such as "DIR[:ro]"
  std::string_view help;
  FlagCount count = FlagCount::kAtMostOnce;
};

class Flags {
 public:
  // `description` is what `--help` says first.
  Flags(std::string_view program, std::string_view description)
      : program_(program), description_(description) {}

  // Declares `--name=VALUE`. Setters run in the order of the command line, so that a flag may refer
  // to the one before it.
  void add(const Flag& flag, FlagSetter setter);

  // Declares `--name`, without a value.
  void add_switch(std::string_view name, std::string_view help, bool& target);

  // Declares `--name` and `--name=VALUE`; without a value, the setter gets an empty string.
  void add_optional_value(const Flag& flag, FlagSetter setter);

  // Declares what arguments without dashes mean; `name` is for `--help` and errors. A program has
  // at most one kind.
  void add_positional(std::string_view name, std::string_view help, FlagCount count,
                      FlagSetter setter);

  // Text that `--help` prints after the table.
  void set_epilogue(std::string_view text) { epilogue_ = text; }

  // Takes what follows the program's name. `@FILE` stands for the lines of that file, one argument
  // each: Bazel passes so what is too long for a command line. A line of a file is taken as it is,
  // never as another `@FILE`. After `--`, everything is positional.
  //
  // Returns false if `--help` was given; nothing further is read then.
  //
  // Errors: an unknown flag, with the nearest known one; a flag without its value, or with one that
  // it does not take; a flag given too often; a required flag that is missing; a value that the
  // setter refuses; a file that cannot be read.
  [[nodiscard]] Result<bool> parse(const std::vector<std::string>& arguments) const;

  // What `--help` prints.
  [[nodiscard]] std::string help() const;

  [[nodiscard]] std::string_view program() const { return program_; }

 private:
  enum class Takes : std::uint8_t { kValue, kNothing, kOptionalValue };
  struct Row {
    Flag flag;
    FlagSetter setter;
    Takes takes = Takes::kValue;
  };
  struct Seen;

  [[nodiscard]] Status take(const std::string& argument, Seen& seen) const;
  [[nodiscard]] Status take_positional(const std::string& argument, Seen& seen) const;
  [[nodiscard]] Status check_missing(const Seen& seen) const;

  std::string_view program_;
  std::string_view description_;
  std::string_view epilogue_;
  std::vector<Row> rows_;
  std::optional<Row> positional_;
};

// Setters. Each keeps a reference to its target.

// A text that is not empty.
[[nodiscard]] FlagSetter text(std::string& target);

// A text that may be empty.
[[nodiscard]] FlagSetter any_text(std::string& target);

// Adds a text that is not empty.
[[nodiscard]] FlagSetter append(std::vector<std::string>& target);

// A decimal number in a range.
template <std::integral T>
[[nodiscard]] FlagSetter number(T& target, T least = std::numeric_limits<T>::min(),
                                T most = std::numeric_limits<T>::max());

// One of a few words, each for a value.
template <class T>
[[nodiscard]] FlagSetter choice(T& target, std::vector<std::pair<std::string_view, T>> words);

// Two texts with a separator between them, neither empty; `add` gets both. The first separator
// counts.
[[nodiscard]] FlagSetter pair(char separator,
                              std::function<Status(std::string left, std::string right)> add);

// What run_program returns where the body has no say.
struct ExitStatuses {
  int failure = 1;
  int usage = 2;
};

// Parses the command line, prints `--help` or runs `body`. Returns main's result: 0 for `--help`,
// what `body` returns, or one of `statuses` if the body fails or the command line is wrong. The
// message of either goes to standard error, with the program's name in front.
[[nodiscard]] int run_program(const Flags& flags, int argc, char** argv,
                              const std::function<Result<int>()>& body, ExitStatuses statuses = {});

// Implementation.

[[nodiscard]] std::string range_error(std::string_view least, std::string_view most);
[[nodiscard]] std::string choice_error(const std::vector<std::string_view>& words);

template <std::integral T>
FlagSetter number(T& target, T least, T most) {
  return [&target, least, most](const std::string& value) -> Status {
    const auto parsed = parse_number<T>(value);
    if (!parsed || *parsed < least || *parsed > most) {
      return std::unexpected(range_error(std::to_string(least), std::to_string(most)));
    }
    target = *parsed;
    return {};
  };
}

template <class T>
FlagSetter choice(T& target, std::vector<std::pair<std::string_view, T>> words) {
  return [&target, words = std::move(words)](const std::string& value) -> Status {
    std::vector<std::string_view> known;
    for (const auto& [word, meaning] : words) {
      if (word == value) {
        target = meaning;
        return {};
      }
      known.push_back(word);
    }
    return std::unexpected(choice_error(known));
  };
}

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_FLAGS_H_
