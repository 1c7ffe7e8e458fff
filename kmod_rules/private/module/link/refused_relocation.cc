// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/refused_relocation.h"

#include <elf.h>

#include <algorithm>
#include <cstdint>

#include "kmod_rules/private/base/demangler.h"

namespace kmod::link {
namespace {

constexpr ForbiddenKind kPositionIndependent = {
    .what = "position-independent code is",
    .advice =
        "It reaches symbols through a table that the module loader does not make (\"Unknown rela "
        "relocation\"). Remove -fPIC, -fPIE and --force_pic, or, for an object or archive that was "
        "compiled elsewhere, have it compiled with -fno-pic -mcmodel=kernel."};

constexpr ForbiddenKind kOtherRelocation = {
    .what = "a relocation that the kernel's module loader does not know is",
    .advice =
        "The module would build, and insmod would say \"Unknown rela relocation\". Code for the "
        "kernel holds addresses of 32 or 64 bits: compile it with -mcmodel=kernel, and in "
        "assembler use .long, .quad and 32-bit displacements for addresses."};

// apply_relocate_add() of arch/x86/kernel/module.c, the same in Linux 5.10 to 6.12.
bool is_known_to_loader(std::uint32_t type) {
  switch (type) {
    case R_X86_64_NONE:
    case R_X86_64_64:
    case R_X86_64_32:
    case R_X86_64_32S:
    case R_X86_64_PC32:
    case R_X86_64_PLT32:
    case R_X86_64_PC64:
      return true;
    default:
      return false;
  }
}

const ForbiddenKind* kind_of(std::uint32_t type) {
  switch (type) {
    case R_X86_64_GOT32:
    case R_X86_64_GOTPCREL:
    case R_X86_64_GOTOFF64:
    case R_X86_64_GOTPC32:
    case R_X86_64_GOT64:
    case R_X86_64_GOTPCREL64:
    case R_X86_64_GOTPC64:
    case R_X86_64_GOTPLT64:
    case R_X86_64_PLTOFF64:
    case R_X86_64_GOTPCRELX:
    case R_X86_64_REX_GOTPCRELX:
      return &kPositionIndependent;
    case R_X86_64_DTPMOD64:
    case R_X86_64_DTPOFF64:
    case R_X86_64_TPOFF64:
    case R_X86_64_TLSGD:
    case R_X86_64_TLSLD:
    case R_X86_64_DTPOFF32:
    case R_X86_64_GOTTPOFF:
    case R_X86_64_TPOFF32:
    case R_X86_64_GOTPC32_TLSDESC:
    case R_X86_64_TLSDESC_CALL:
    case R_X86_64_TLSDESC:
      return &kThreadLocal;
    default:
      return &kOtherRelocation;
  }
}

}  // namespace

std::vector<RefusedRelocation> find_refused_relocations(const base::ElfObject& object) {
  std::vector<RefusedRelocation> refused;
  for (std::uint32_t section = 0; section < object.sections().size(); ++section) {
    if (!object.sections()[section].allocated()) continue;
    for (const base::ElfObject::Relocation& relocation : object.relocations(section)) {
      if (is_known_to_loader(relocation.type)) continue;
      const ForbiddenKind* const kind = kind_of(relocation.type);
      if (std::ranges::find(refused, kind, &RefusedRelocation::kind) != refused.end()) continue;
      const base::ElfObject::Symbol* referrer = object.enclosing(section, relocation.offset);
      refused.push_back(
          {.kind = kind,
           .referrer = referrer == nullptr
                           ? ""
                           : base::describe_referrer(referrer->name, referrer->type == STT_FUNC)});
    }
  }
  return refused;
}

}  // namespace kmod::link
