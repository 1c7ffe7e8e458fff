// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads an object file: ELF, 64 bits, little endian.
#ifndef KMOD_RULES_PRIVATE_BASE_ELF_OBJECT_H_
#define KMOD_RULES_PRIVATE_BASE_ELF_OBJECT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

class ElfObject {
 public:
  struct Section {
    std::string_view name;
    std::uint32_t type = 0;
    std::uint64_t flags = 0;
    std::uint64_t address = 0;    // in memory; 0 in a relocatable object
    std::uint64_t offset = 0;     // in the file, bytes
    std::uint64_t size = 0;       // bytes
    std::uint64_t alignment = 1;  // bytes
    std::uint32_t link = 0;
    std::uint32_t info = 0;
    std::uint64_t entry_size = 0;  // bytes
    std::string_view contents;     // empty for sections without bytes in the file (.bss)

    [[nodiscard]] bool allocated() const;
  };

  struct Symbol {
    std::string_view name;
    std::uint8_t type = 0;      // STT_*
    std::uint8_t binding = 0;   // STB_*
    std::uint32_t section = 0;  // index into sections(), or a reserved SHN_* of at least 0xff00
    std::uint64_t value = 0;  // in a relocatable object: offset in the section, bytes; else address
    std::uint64_t size = 0;   // bytes

    [[nodiscard]] bool undefined() const;
  };

  struct Relocation {
    std::uint64_t offset = 0;  // bytes from the start of the section that is patched
    std::uint32_t type = 0;
    std::uint32_t symbol = 0;  // index into symbols()
    std::int64_t addend = 0;   // 0 if the format keeps it in the patched bytes
  };

  // Reads a relocatable object. The result points into `bytes`, which must outlive it. The file is
  // not trusted: every offset, count and index is checked before it is used.
  //
  // Errors: the file is not an ELF object or is damaged. The message does not name the file.
  [[nodiscard]] static Result<ElfObject> parse(std::string_view bytes);

  // The same, and also for programs and shared libraries. Their relocations, which are for the
  // dynamic loader and refer to addresses, are not read.
  [[nodiscard]] static Result<ElfObject> parse_any(std::string_view bytes);

  [[nodiscard]] const std::vector<Section>& sections() const { return sections_; }
  [[nodiscard]] const std::vector<Symbol>& symbols() const { return symbols_; }

  // The relocations that patch the section with this index, in file order.
  [[nodiscard]] const std::vector<Relocation>& relocations(std::uint32_t section) const {
    return relocations_[section];
  }

  // The function or variable that covers this offset of a section, or null.
  [[nodiscard]] const Symbol* enclosing(std::uint32_t section, std::uint64_t offset) const;

  // Whether an allocated section of this family (see below) is not empty.
  [[nodiscard]] bool has_content(std::string_view section_name) const;

 private:
  Status read_sections(std::string_view bytes);
  Status read_symbols(std::uint32_t table);
  Status read_relocations(const Section& table);

  bool relocatable_ = false;
  std::vector<Section> sections_;
  std::vector<Symbol> symbols_;
  std::vector<std::vector<Relocation>> relocations_;
};

// Whether `name` is `base`, or `base` with a suffix after a dot: both `.ctors` and `.ctors.00100`
// belong to the family `.ctors`.
[[nodiscard]] bool is_section_family(std::string_view name, std::string_view base);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ELF_OBJECT_H_
