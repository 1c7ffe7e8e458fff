// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/initramfs_arguments.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "kmod_rules/private/tools/file.h"
#include "kmod_rules/private/tools/lines.h"

namespace kmod::vm {
namespace {

std::optional<std::uint32_t> parse_number(std::string_view text, int base, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || stop != text.data() + text.size() || value > most)
    return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_mode(std::string_view text) {
  return parse_number(text, 8, 07777);
}

std::unexpected<std::string> malformed(const tools::Argument& argument, std::string_view shape) {
  return std::unexpected("--" + argument.name + "=" + argument.value + " is not of the form --" +
                         argument.name + "=" + std::string(shape));
}

Initramfs::Status add_file(const tools::Argument& argument, Initramfs& initramfs) {
  // The source may hold colons, the path in the archive may not.
  const std::string_view value = argument.value;
  const std::size_t first = value.find(':');
  const std::size_t second = first == std::string_view::npos ? first : value.find(':', first + 1);
  const auto mode = second == std::string_view::npos
                        ? std::nullopt
                        : parse_mode(value.substr(first + 1, second - first - 1));
  if (!mode || second + 1 == value.size()) {
    return malformed(argument, "<path in the archive>:<octal mode>:<file to read>");
  }
  auto contents = tools::read_file(std::string(value.substr(second + 1)));
  if (!contents) return std::unexpected(contents.error());
  return initramfs.add_file(value.substr(0, first), *mode, std::move(*contents));
}

Initramfs::Status add_directory(const tools::Argument& argument, Initramfs& initramfs) {
  const auto fields = tools::split(argument.value, ':');
  const auto mode = fields.size() == 2 ? parse_mode(fields[1]) : std::optional<std::uint32_t>(0755);
  if (fields.size() > 2 || !mode) return malformed(argument, "<path>[:<octal mode>]");
  return initramfs.add_directory(fields[0], *mode);
}

Initramfs::Status add_node(const tools::Argument& argument, Initramfs& initramfs) {
  constexpr std::uint32_t kMaxMajor = 0xfff;
  constexpr std::uint32_t kMaxMinor = 0xfffff;
  const auto fields = tools::split(argument.value, ':');
  const auto major = fields.size() == 4 ? parse_number(fields[2], 10, kMaxMajor) : std::nullopt;
  const auto minor = fields.size() == 4 ? parse_number(fields[3], 10, kMaxMinor) : std::nullopt;
  if (!major || !minor || fields[1] != "c") return malformed(argument, "<path>:c:<major>:<minor>");
  return initramfs.add_character_device(fields[0], 0600, *major, *minor);
}

}  // namespace

std::expected<InitramfsRequest, std::string> read_initramfs_arguments(
    const std::vector<tools::Argument>& arguments) {
  InitramfsRequest request;
  for (const tools::Argument& argument : arguments) {
    Initramfs::Status status;
    if (argument.name == "output") {
      if (!request.output.empty()) status = std::unexpected(std::string("--output is given twice"));
      request.output = argument.value;
    } else if (argument.name == "file") {
      status = add_file(argument, request.initramfs);
    } else if (argument.name == "directory") {
      status = add_directory(argument, request.initramfs);
    } else if (argument.name == "node") {
      status = add_node(argument, request.initramfs);
    } else {
      status = std::unexpected("--" + argument.name +
                               " is unknown; there are --output, --file, --directory and --node");
    }
    if (!status) return std::unexpected(status.error());
  }
  if (request.output.empty()) {
    return std::unexpected(
        std::string("--output=<file> is missing; it says where the archive goes"));
  }
  return request;
}

}  // namespace kmod::vm
