// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_COMMAND_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_COMMAND_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {

// A program to run; what it prints goes where this program prints.
struct Command {
  std::vector<std::string> arguments;  // the first is the program's path: there is no search
  std::string directory;
};

struct CommandResult {
  int status = 0;      // as in a shell: the exit status, or 128 and the signal's number
  std::string output;  // what it wrote to standard output, where that was asked for
  std::vector<std::string> unvaried;  // of enter_namespaces()
};

// Runs it as this program was started, and keeps its standard output.
//
// Errors: it cannot be started, and why.
[[nodiscard]] std::expected<CommandResult, std::string> run_and_read(const Command& command);

// Runs it in variations of its own, or as this program was started where there are none.
[[nodiscard]] std::expected<CommandResult, std::string> run(const Command& command,
                                                            const Variations* variations = nullptr);

// The path of a program: as it is if it has a slash, else by the environment variable PATH.
//
// Errors: there is no such program; the message says what was looked for.
[[nodiscard]] std::expected<std::string, std::string> find_program(const std::string& name);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_COMMAND_H_
