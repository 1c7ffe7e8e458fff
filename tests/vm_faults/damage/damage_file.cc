// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// damage_file --input=<file> --output=<file>
// --place=<elf_header|section_headers|payload|second_half> Copies a file and spoils a part of it:
// flips the bits of a module's header or of its section headers, or of the middle of a kernel
// image's compressed payload; or leaves out the second half.

#include <elf.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>
#include <string>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/file.h"

namespace kmod {
namespace {

bool flip(std::string& bytes, std::size_t offset, std::size_t size) {
  if (offset > bytes.size() || bytes.size() - offset < size) return false;
  for (std::size_t i = 0; i < size; ++i) bytes[offset + i] = static_cast<char>(~bytes[offset + i]);
  return true;
}

bool flip_section_headers(std::string& bytes) {
  Elf64_Ehdr header = {};
  if (bytes.size() < sizeof(header)) return false;
  std::memcpy(&header, bytes.data(), sizeof(header));
  // The first one is empty in every file.
  return flip(bytes, header.e_shoff + sizeof(Elf64_Shdr), sizeof(Elf64_Shdr));
}

// Documentation/x86/boot.rst: setup_sects, payload_offset and payload_length.
bool flip_payload(std::string& bytes) {
  constexpr std::size_t kSetupSectors = 0x1f1;
  constexpr std::size_t kPayloadOffset = 0x248;
  if (bytes.size() < kPayloadOffset + 8) return false;
  std::uint32_t payload[2] = {};
  std::memcpy(payload, bytes.data() + kPayloadOffset, sizeof(payload));
  const std::size_t setup =
      (static_cast<std::uint8_t>(bytes[kSetupSectors]) + std::size_t{1}) * 512;
  return flip(bytes, setup + payload[0] + payload[1] / 2, 4096);
}

bool damage(std::string& bytes, const std::string& place) {
  if (place == "elf_header") return flip(bytes, 0, sizeof(Elf64_Ehdr));
  if (place == "section_headers") return flip_section_headers(bytes);
  if (place == "payload") return flip_payload(bytes);
  if (place == "second_half") {
    bytes.resize(bytes.size() / 2);
    return true;
  }
  return false;
}

std::optional<std::string> run(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return arguments.error();
  std::map<std::string, std::string> options;
  for (const base::Argument& argument : *arguments) options[argument.name] = argument.value;
  auto bytes = base::read_file(options["input"]);
  if (!bytes) return bytes.error();
  if (!damage(*bytes, options["place"])) {
    return options["input"] + " has no place \"" + options["place"] + "\" to damage";
  }
  const auto written = base::write_file(options["output"], *bytes);
  return written ? std::nullopt : std::optional(written.error());
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  const auto error = kmod::run({argv + 1, argv + argc});
  if (!error) return 0;
  std::fprintf(stderr, "damage_file: %s\n", error->c_str());
  return 1;
}
