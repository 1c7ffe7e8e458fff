// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::vm {

// A function and the line of it that was running.
struct SourceFrame {
  std::string function;    // empty if it is not known
  std::string file;        // empty if it is not known
  std::uint32_t line = 0;  // from 1; 0 if it is not known

  bool operator==(const SourceFrame&) const = default;
};

// A function, and before it what was inlined into it: innermost first.
using InlineChain = std::vector<SourceFrame>;

// Asks addr2line of binutils for places in one section of a relocatable file. The section has to be
// named, because in such a file all begin at 0.
[[nodiscard]] std::vector<std::string> addr2line_command(const std::string& program,
                                                         const std::string& file,
                                                         const std::string& section,
                                                         const std::vector<std::uint64_t>& offsets);

// Reads the answer to such a command, a chain for each of `count` offsets. Names are as they are in
// the file, mangled for most functions of C++.
//
// Errors: an answer that is none, quoted in part.
[[nodiscard]] std::expected<std::vector<InlineChain>, std::string> parse_addr2line(
    std::string_view output, std::size_t count);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_ADDR2LINE_H_
