// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs_arguments.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/initramfs/guest_program.h"

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

std::unexpected<std::string> malformed(const base::Argument& argument, std::string_view shape) {
  return std::unexpected("--" + argument.name + "=" + argument.value + " is not of the form --" +
                         argument.name + "=" + std::string(shape));
}

Initramfs::Status add_file(const base::Argument& argument, Initramfs& initramfs) {
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
  auto contents = base::read_file(std::string(value.substr(second + 1)));
  if (!contents) return std::unexpected(contents.error());
  return initramfs.add_file(value.substr(0, first), *mode, std::move(*contents));
}

// "<path in the archive>:<source>". The source may hold colons, the path in the archive may not.
std::optional<std::pair<std::string, std::string>> split_source(const base::Argument& argument) {
  const std::size_t colon = argument.value.find(':');
  if (colon == std::string::npos || colon + 1 == argument.value.size()) return std::nullopt;
  return std::pair(argument.value.substr(0, colon), argument.value.substr(colon + 1));
}

Initramfs::Status add_program(const base::Argument& argument, Initramfs& initramfs) {
  const auto source = split_source(argument);
  if (!source) return malformed(argument, "<path in the archive>:<file to read>");
  auto contents = base::read_file(source->second);
  if (!contents) return std::unexpected(contents.error());
  if (const auto fit = check_guest_program(*contents); !fit) {
    return std::unexpected("the program " + source->second + " " + fit.error());
  }
  return initramfs.add_file(source->first, 0755, std::move(*contents));
}

Initramfs::Status add_tree(const std::string& path, const std::filesystem::path& source,
                           Initramfs& initramfs) {
  std::error_code error;
  if (!std::filesystem::is_directory(source, error)) {
    auto contents = base::read_file(source);
    if (!contents) return std::unexpected(contents.error());
    return initramfs.add_file(path, 0755, std::move(*contents));
  }
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator entry(source, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  if (error) {
    return std::unexpected("cannot read the directory " + source.string() + ": " + error.message());
  }
  std::ranges::sort(names);
  Initramfs::Status status = initramfs.add_directory(path);
  for (const std::string& name : names) {
    if (status) status = add_tree(path + "/" + name, source / name, initramfs);
  }
  return status;
}

Initramfs::Status add_copy(const base::Argument& argument, Initramfs& initramfs) {
  const auto source = split_source(argument);
  if (!source) return malformed(argument, "<path in the archive>:<file or directory>");
  return add_tree(source->first, source->second, initramfs);
}

Initramfs::Status add_directory(const base::Argument& argument, Initramfs& initramfs) {
  const auto fields = base::split(argument.value, ':');
  const auto mode = fields.size() == 2 ? parse_mode(fields[1]) : std::optional<std::uint32_t>(0755);
  if (fields.size() > 2 || !mode) return malformed(argument, "<path>[:<octal mode>]");
  return initramfs.add_directory(fields[0], *mode);
}

Initramfs::Status add_node(const base::Argument& argument, Initramfs& initramfs) {
  constexpr std::uint32_t kMaxMajor = 0xfff;
  constexpr std::uint32_t kMaxMinor = 0xfffff;
  const auto fields = base::split(argument.value, ':');
  const auto major = fields.size() == 4 ? parse_number(fields[2], 10, kMaxMajor) : std::nullopt;
  const auto minor = fields.size() == 4 ? parse_number(fields[3], 10, kMaxMinor) : std::nullopt;
  if (!major || !minor || fields[1] != "c") return malformed(argument, "<path>:c:<major>:<minor>");
  return initramfs.add_character_device(fields[0], 0600, *major, *minor);
}

Initramfs::Status set_once(const base::Argument& argument, std::string& target) {
  if (!target.empty()) return std::unexpected("--" + argument.name + " is given twice");
  target = argument.value;
  return {};
}

Initramfs::Status apply(const base::Argument& argument, std::string& label,
                        InitramfsRequest& request) {
  if (argument.name == "label") return set_once(argument, label);
  if (argument.name == "output") return set_once(argument, request.output);
  if (argument.name == "manifest") return set_once(argument, request.manifest);
  if (argument.name == "file") return add_file(argument, request.initramfs);
  if (argument.name == "program") return add_program(argument, request.initramfs);
  if (argument.name == "copy") return add_copy(argument, request.initramfs);
  if (argument.name == "directory") return add_directory(argument, request.initramfs);
  if (argument.name == "node") return add_node(argument, request.initramfs);
  return std::unexpected("--" + argument.name +
                         " is unknown; there are --label, --output, --manifest, --file, "
                         "--program, --copy, --directory and --node");
}

}  // namespace

std::expected<InitramfsRequest, std::string> read_initramfs_arguments(
    const std::vector<base::Argument>& arguments) {
  InitramfsRequest request;
  std::string label;
  for (const base::Argument& argument : arguments) {
    if (const auto status = apply(argument, label, request); !status) {
      return std::unexpected(label.empty() ? status.error() : label + ": " + status.error());
    }
  }
  if (request.output.empty()) {
    return std::unexpected(
        std::string("--output=<file> is missing; it says where the archive goes"));
  }
  return request;
}

}  // namespace kmod::vm
