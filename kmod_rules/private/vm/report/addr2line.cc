// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/addr2line.h"

#include <fmt/core.h>

#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

bool is_address(std::string_view line) {
  return line.starts_with("0x") && line.size() > 2 &&
         line.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

// "a/b.cc:12", "a/b.cc:12 (discriminator 3)", "a/b.cc:?", "??:0", "??:?".
bool parse_location(std::string_view line, SourceFrame& frame) {
  if (const std::size_t note = line.find(" (discriminator "); note != std::string_view::npos) {
    line = line.substr(0, note);
  }
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos) return false;
  if (const std::string_view text = line.substr(colon + 1); text != "?") {
    const auto number = base::parse_number<std::uint32_t>(text);
    if (!number) return false;
    frame.line = *number;
  }
  if (const std::string_view file = line.substr(0, colon); file != "??") frame.file = file;
  return true;
}

}  // namespace

std::vector<std::string> addr2line_command(const std::string& program, const std::string& file,
                                           const std::string& section,
                                           const std::vector<std::uint64_t>& offsets) {
  std::vector<std::string> command = {program,       "--addresses",          "--inlines",
                                      "--functions", "--section=" + section, "--exe=" + file};
  for (const std::uint64_t offset : offsets) command.push_back(fmt::format("{:#x}", offset));
  return command;
}

base::Result<std::vector<InlineChain>> parse_addr2line(std::string_view output, std::size_t count) {
  std::vector<InlineChain> chains;
  std::optional<SourceFrame> frame;  // its second line is still to come
  for (const std::string_view line : base::split_lines(output)) {
    // An error about one compilation unit does not affect the others.
    if (line.find("addr2line: ") != std::string_view::npos) continue;
    if (frame) {
      if (!parse_location(line, *frame)) {
        return std::unexpected(fmt::format("\"{}\" is not a file and a line", line));
      }
      chains.back().push_back(std::move(*frame));
      frame.reset();
    } else if (is_address(line)) {
      chains.emplace_back();
    } else if (chains.empty()) {
      return std::unexpected(fmt::format("\"{}\" is not an address", line));
    } else {
      frame.emplace();
      if (line != "??") frame->function = line;
    }
  }
  if (frame || chains.size() != count) {
    return std::unexpected(fmt::format("it gave {} answers to {} questions{}", chains.size(), count,
                                       frame ? ", the last one incomplete" : ""));
  }
  return chains;
}

}  // namespace kmod::vm
