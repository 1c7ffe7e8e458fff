// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/elf_object.h"

#include <elf.h>
#include <fmt/core.h>

#include <cstring>
#include <optional>

namespace kmod::base {
namespace {

// A part of a file, or nothing if the file is too short. The comparison cannot overflow.
std::optional<std::string_view> part(std::string_view bytes, std::uint64_t offset,
                                     std::uint64_t size) {
  if (offset > bytes.size() || size > bytes.size() - offset) return std::nullopt;
  return bytes.substr(offset, size);
}

// Reads element `index` of a table. Copies it, because the file may not be aligned.
template <typename T>
T element(std::string_view table, std::uint64_t index) {
  T value{};
  std::memcpy(&value, table.data() + index * sizeof(T), sizeof(T));
  return value;
}

// A string of a string table; empty if the offset is outside the table.
std::string_view string_at(std::string_view table, std::uint64_t offset) {
  if (offset >= table.size()) return {};
  const std::string_view rest = table.substr(offset);
  return rest.substr(0, rest.find('\0'));
}

}  // namespace

bool ElfObject::Section::allocated() const { return (flags & SHF_ALLOC) != 0; }

bool ElfObject::Symbol::undefined() const { return section == SHN_UNDEF && !name.empty(); }

bool is_section_family(std::string_view name, std::string_view base) {
  return name.starts_with(base) && (name.size() == base.size() || name[base.size()] == '.');
}

Result<ElfObject> ElfObject::parse(std::string_view bytes) {
  auto object = parse_any(bytes);
  if (object && !object->relocatable_) {
    return std::unexpected("is an ELF file, but not a relocatable object");
  }
  return object;
}

Result<ElfObject> ElfObject::parse_any(std::string_view bytes) {
  if (bytes.size() < sizeof(Elf64_Ehdr) || !bytes.starts_with(ELFMAG)) {
    return std::unexpected("is not an ELF file");
  }
  if (bytes[EI_CLASS] != ELFCLASS64 || bytes[EI_DATA] != ELFDATA2LSB) {
    return std::unexpected("is not a 64-bit little-endian ELF file");
  }
  ElfObject object;
  object.relocatable_ = element<Elf64_Ehdr>(bytes, 0).e_type == ET_REL;
  KMOD_TRY(object.read_sections(bytes));
  for (std::uint32_t index = 0; index < object.sections_.size(); ++index) {
    if (object.sections_[index].type != SHT_SYMTAB) continue;
    KMOD_TRY(object.read_symbols(index));
  }
  if (!object.relocatable_) return object;
  for (const Section& section : object.sections_) {
    if (section.type != SHT_RELA && section.type != SHT_REL) continue;
    KMOD_TRY(object.read_relocations(section));
  }
  return object;
}

Status ElfObject::read_sections(std::string_view bytes) {
  const auto header = element<Elf64_Ehdr>(bytes, 0);
  if (header.e_shoff == 0) return {};
  if (header.e_shentsize != sizeof(Elf64_Shdr)) {
    return std::unexpected("has section headers of an unknown size");
  }
  // Counts that do not fit into the file header are in the first section header.
  const auto first = part(bytes, header.e_shoff, sizeof(Elf64_Shdr));
  if (!first) return std::unexpected("ends before its section headers");
  const auto overflow = element<Elf64_Shdr>(*first, 0);
  const std::uint64_t count = header.e_shnum != 0 ? header.e_shnum : overflow.sh_size;
  const std::uint64_t names_index =
      header.e_shstrndx != SHN_XINDEX ? header.e_shstrndx : overflow.sh_link;
  if (count > bytes.size() / sizeof(Elf64_Shdr)) {
    return std::unexpected("ends before its section headers");
  }
  const auto table = part(bytes, header.e_shoff, count * sizeof(Elf64_Shdr));
  if (!table) return std::unexpected("ends before its section headers");
  std::vector<std::uint32_t> name_offsets;
  for (std::uint64_t index = 0; index < count; ++index) {
    const auto raw = element<Elf64_Shdr>(*table, index);
    Section section{.name = {},
                    .type = raw.sh_type,
                    .flags = raw.sh_flags,
                    .address = raw.sh_addr,
                    .offset = raw.sh_offset,
                    .size = raw.sh_size,
                    .alignment = raw.sh_addralign == 0 ? 1 : raw.sh_addralign,
                    .link = raw.sh_link,
                    .info = raw.sh_info,
                    .entry_size = raw.sh_entsize,
                    .contents = {}};
    if (raw.sh_type != SHT_NOBITS && raw.sh_type != SHT_NULL) {
      const auto contents = part(bytes, raw.sh_offset, raw.sh_size);
      if (!contents) {
        return std::unexpected(fmt::format("ends inside section {}", index));
      }
      section.contents = *contents;
    }
    name_offsets.push_back(raw.sh_name);
    sections_.push_back(section);
  }
  if (names_index >= sections_.size()) return std::unexpected("has no section names");
  const std::string_view names = sections_[names_index].contents;
  for (std::size_t index = 0; index < sections_.size(); ++index) {
    sections_[index].name = string_at(names, name_offsets[index]);
  }
  relocations_.resize(sections_.size());
  return {};
}

Status ElfObject::read_symbols(std::uint32_t table_index) {
  const Section& table = sections_[table_index];
  if (table.link >= sections_.size()) return std::unexpected("has a symbol table without names");
  const std::string_view names = sections_[table.link].contents;
  // With more than 65,279 sections (-ffunction-sections), the index is in a separate table.
  std::string_view wide_indices;
  for (const Section& section : sections_) {
    if (section.type == SHT_SYMTAB_SHNDX && section.link == table_index) {
      wide_indices = section.contents;
    }
  }
  for (std::uint64_t index = 0; index < table.contents.size() / sizeof(Elf64_Sym); ++index) {
    const auto raw = element<Elf64_Sym>(table.contents, index);
    Symbol symbol{.name = string_at(names, raw.st_name),
                  .type = static_cast<std::uint8_t>(ELF64_ST_TYPE(raw.st_info)),
                  .binding = static_cast<std::uint8_t>(ELF64_ST_BIND(raw.st_info)),
                  .section = raw.st_shndx,
                  .value = raw.st_value,
                  .size = raw.st_size};
    if (raw.st_shndx == SHN_XINDEX) {
      if ((index + 1) * sizeof(std::uint32_t) > wide_indices.size()) {
        return std::unexpected("has a symbol without a section index");
      }
      symbol.section = element<std::uint32_t>(wide_indices, index);
    }
    symbols_.push_back(symbol);
  }
  return {};
}

Status ElfObject::read_relocations(const Section& table) {
  if (table.info >= sections_.size()) {
    return std::unexpected("has relocations for a section that does not exist");
  }
  const bool has_addend = table.type == SHT_RELA;
  const std::uint64_t size = has_addend ? sizeof(Elf64_Rela) : sizeof(Elf64_Rel);
  for (std::uint64_t index = 0; index < table.contents.size() / size; ++index) {
    Elf64_Rela raw{};
    std::memcpy(&raw, table.contents.data() + index * size, size);
    const std::uint64_t symbol = ELF64_R_SYM(raw.r_info);
    if (symbol >= symbols_.size()) {
      return std::unexpected("has a relocation to a symbol that does not exist");
    }
    relocations_[table.info].push_back(
        {.offset = raw.r_offset,
         .type = static_cast<std::uint32_t>(ELF64_R_TYPE(raw.r_info)),
         .symbol = static_cast<std::uint32_t>(symbol),
         .addend = raw.r_addend});
  }
  return {};
}

const ElfObject::Symbol* ElfObject::enclosing(std::uint32_t section, std::uint64_t offset) const {
  if (!relocatable_) offset += sections_[section].address;
  for (const Symbol& symbol : symbols_) {
    if (symbol.section != section || (symbol.type != STT_FUNC && symbol.type != STT_OBJECT)) {
      continue;
    }
    if (offset >= symbol.value && offset - symbol.value < symbol.size) return &symbol;
  }
  return nullptr;
}

bool ElfObject::has_content(std::string_view section_name) const {
  for (const Section& section : sections_) {
    if (section.allocated() && section.size != 0 && is_section_family(section.name, section_name)) {
      return true;
    }
  }
  return false;
}

}  // namespace kmod::base
