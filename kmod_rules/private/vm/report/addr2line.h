// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// A function and its line that was running.
struct SourceFrame {
  std::string function;    // empty if it is not known
  std::string file;        // empty if it is not known
  std::uint32_t line = 0;  // from 1; 0 if it is not known

  bool operator==(const SourceFrame&) const = default;
};

// A function and the functions that are inlined into it there, innermost first.
using InlineChain = std::vector<SourceFrame>;

// The command that asks addr2line of binutils for places in one section of a relocatable file. In
// such a file every section begins at address 0, so the command has to name the section.
[[nodiscard]] std::vector<std::string> addr2line_command(const std::string& program,
                                                         const std::string& file,
                                                         const std::string& section,
                                                         const std::vector<std::uint64_t>& offsets);

// Parses the output of such a command: one chain for each of `count` offsets. Names are those of
// the file, so most functions of C++ are mangled.
//
// Errors: the output is malformed; the message quotes the line.
[[nodiscard]] base::Result<std::vector<InlineChain>> parse_addr2line(std::string_view output,
                                                                     std::size_t count);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_
