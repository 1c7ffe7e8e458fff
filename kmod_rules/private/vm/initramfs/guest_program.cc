// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/guest_program.h"

#include <elf.h>

#include <cstdint>
#include <cstring>

namespace kmod::vm {
namespace {

constexpr const char* kRemedy =
    "; the guest has neither libraries nor a shell: give a cc_binary, which the hosted toolchain "
    "links statically";

}  // namespace

base::Status check_guest_program(std::string_view bytes) {
  const auto wrong = [](std::string_view what) {
    return std::unexpected(std::string(what) + kRemedy);
  };
  if (bytes.starts_with("#!")) return wrong("is a script");
  Elf64_Ehdr header = {};
  if (bytes.size() < sizeof(header)) return wrong("is not an ELF program");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return wrong("is not an ELF program");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != EM_X86_64 ||
      (header.e_type != ET_EXEC && header.e_type != ET_DYN)) {
    return wrong("is not an ELF program for x86-64");
  }
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment = {};
    const std::uint64_t offset = header.e_phoff + i * sizeof(segment);
    if (offset > bytes.size() || bytes.size() - offset < sizeof(segment)) {
      return wrong("is a truncated ELF program");
    }
    std::memcpy(&segment, bytes.data() + offset, sizeof(segment));
    if (segment.p_type == PT_INTERP) return wrong("is dynamically linked");
  }
  return {};
}

}  // namespace kmod::vm
