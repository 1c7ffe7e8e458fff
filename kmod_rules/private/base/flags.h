// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Describes the command line of a program in one table: each row has a name, the form of the value,
// a help text and a setter. `--help`, parameter files and error messages come from the table.
//
//   base::Flags flags("fill_distdir", "Fills a directory with every package of the locks.");
//   flags.add({.name = "jobs", .value = "COUNT", .help = "downloads at a time"},
//             base::number(options.jobs, 1, 64));
//   flags.add({.name = "lock", .value = "FILE", .help = "a lock",
//              .count = base::FlagCount::kOneOrMore},
//             base::append(options.locks));
//   flags.add_switch("check", "only check", options.check);
//   flags.add_positional("DIR", "the directory to fill", base::FlagCount::kOnce,
//                        base::text(options.directory));
//   return base::run_program(flags, argc, argv, [&] { return fill(options); });
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

// Takes a flag's value. Errors: the value is wrong; the message does not name the flag: "has to be
// a number from 1 to 64".
using FlagSetter = std::function<Status(const std::string& value)>;

struct Flag {
  std::string_view name;   // without the dashes, such as "memory-mib"
  std::string_view value;  // what the value looks like, such as "DIR[:ro]"
  std::string_view help;
  FlagCount count = FlagCount::kAtMostOnce;
};

class Flags {
 public:
  // `--help` prints `description` first.
  Flags(std::string_view program, std::string_view description)
      : program_(program), description_(description) {}

  // Declares `--name=VALUE`. Setters run in the order of the command line, so that a flag may refer
  // to the one before it.
  void add(const Flag& flag, FlagSetter setter);

  // Declares `--name`, without a value.
  void add_switch(std::string_view name, std::string_view help, bool& target);

  // Declares `--name` and `--name=VALUE`; without a value, the setter gets an empty string.
  void add_optional_value(const Flag& flag, FlagSetter setter);

  // Declares the arguments without dashes; `--help` and errors call them `name`. A program has at
  // most one kind.
  void add_positional(std::string_view name, std::string_view help, FlagCount count,
                      FlagSetter setter);

  // A sentence at the end of the error for an unknown flag.
  void set_unknown_hint(std::string_view hint) { unknown_hint_ = hint; }

  // Text that `--help` prints after the table.
  void set_epilogue(std::string_view text) { epilogue_ = text; }

  // Takes the arguments after the program's name. `@FILE` stands for the lines of that file, one
  // argument each; Bazel passes long command lines in this way. A line of a file is never another
  // `@FILE`. After `--`, all arguments are positional.
  //
  // Returns false if `--help` was given; the remaining arguments are not read then.
  //
  // Errors: an unknown flag (the message suggests the nearest known one); a missing or superfluous
  // value; a flag given too often; a missing required flag; a value that the setter rejects; a file
  // that cannot be read.
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
  std::string_view unknown_hint_;
  std::vector<Row> rows_;
  std::optional<Row> positional_;
};

// Setters. Each keeps a reference to its target.

// A text, which must not be empty.
[[nodiscard]] FlagSetter text(std::string& target);

// A text that may be empty.
[[nodiscard]] FlagSetter any_text(std::string& target);

// Appends a text, which must not be empty.
[[nodiscard]] FlagSetter append(std::vector<std::string>& target);

// A path, which must not be empty; a relative one is put below `directory`.
[[nodiscard]] FlagSetter path(std::string& target, std::string directory);

// A decimal number in a range.
template <std::integral T>
[[nodiscard]] FlagSetter number(T& target, T least = std::numeric_limits<T>::min(),
                                T most = std::numeric_limits<T>::max());

// One of a few words, each for a value.
template <class T>
[[nodiscard]] FlagSetter choice(T& target, std::vector<std::pair<std::string_view, T>> words);

// Two texts, neither empty, split at the first separator.
[[nodiscard]] FlagSetter pair(char separator,
                              std::function<Status(std::string left, std::string right)> add);

// What run_program() returns on errors.
struct ExitStatuses {
  int failure = 1;
  int usage = 2;
};

// Parses the command line and runs `body`, or prints the help text. Returns the result of main: 0
// for `--help`, the value of `body`, or one of `statuses` if `body` fails or the command line is
// wrong. Error messages go to standard error, after the program's name.
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
