// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/addr2line.h"

#include <charconv>
#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

std::string hexadecimal(std::uint64_t value) {
  char digits[16];
  return "0x" + std::string(digits, std::to_chars(digits, digits + sizeof(digits), value, 16).ptr);
}

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
  const std::string_view number = line.substr(colon + 1);
  if (number != "?") {
    const auto [stop, error] =
        std::from_chars(number.data(), number.data() + number.size(), frame.line);
    if (error != std::errc() || stop != number.data() + number.size()) return false;
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
  for (const std::uint64_t offset : offsets) command.push_back(hexadecimal(offset));
  return command;
}

std::expected<std::vector<InlineChain>, std::string> parse_addr2line(std::string_view output,
                                                                     std::size_t count) {
  std::vector<InlineChain> chains;
  std::optional<SourceFrame> frame;  // whose line of the two is still to come
  for (const std::string_view line : base::split_lines(output)) {
    // Complaints about single compilation units do not spoil the rest.
    if (line.find("addr2line: ") != std::string_view::npos) continue;
    if (frame) {
      if (!parse_location(line, *frame)) {
        return std::unexpected("\"" + std::string(line) + "\" is no file and line");
      }
      chains.back().push_back(std::move(*frame));
      frame.reset();
    } else if (is_address(line)) {
      chains.emplace_back();
    } else if (chains.empty()) {
      return std::unexpected("\"" + std::string(line) + "\" is no address");
    } else {
      frame.emplace();
      if (line != "??") frame->function = line;
    }
  }
  if (frame || chains.size() != count) {
    return std::unexpected("it gave " + std::to_string(chains.size()) + " answers to " +
                           std::to_string(count) + " questions" +
                           (frame ? ", the last one cut short" : ""));
  }
  return chains;
}

}  // namespace kmod::vm
