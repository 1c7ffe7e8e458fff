// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <elf.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"

namespace kmod {
namespace {

bool flip(std::string& bytes, std::size_t offset, std::size_t size) {
  if (offset > bytes.size() || bytes.size() - offset < size) return false;
  for (std::size_t i = 0; i < size; ++i) bytes[offset + i] = static_cast<char>(~bytes[offset + i]);
  return true;
}

bool flip_elf_header(std::string& bytes) { return flip(bytes, 0, sizeof(Elf64_Ehdr)); }

bool flip_section_headers(std::string& bytes) {
  Elf64_Ehdr header = {};
  if (bytes.size() < sizeof(header)) return false;
  std::memcpy(&header, bytes.data(), sizeof(header));
  // The first section header is empty in every file.
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

bool cut_half(std::string& bytes) {
  bytes.resize(bytes.size() / 2);
  return true;
}

using Damage = bool (*)(std::string& bytes);

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  namespace base = kmod::base;
  std::string input;
  std::string output;
  kmod::Damage damage = nullptr;
  base::Flags flags("damage_file", "Copies a file and damages a part of the copy.");
  flags.add({"input", "FILE", "the file to copy", base::FlagCount::kOnce}, base::text(input));
  flags.add({"output", "FILE", "the copy", base::FlagCount::kOnce}, base::text(output));
  flags.add({"place", "NAME",
             "elf_header or section_headers of a module, or the middle of a kernel\n"
             "image's compressed payload: flip the bits; second_half: remove it",
             base::FlagCount::kOnce},
            base::choice<kmod::Damage>(damage, {{"elf_header", kmod::flip_elf_header},
                                                {"section_headers", kmod::flip_section_headers},
                                                {"payload", kmod::flip_payload},
                                                {"second_half", kmod::cut_half}}));
  return base::run_program(flags, argc, argv, [&]() -> base::Result<int> {
    std::string bytes = KMOD_TRY(base::read_file(input));
    if (!damage(bytes)) return std::unexpected(input + " is too short");
    KMOD_TRY(base::write_file(output, bytes));
    return 0;
  });
}
