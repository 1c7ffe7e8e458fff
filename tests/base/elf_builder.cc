// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/base/elf_builder.h"

#include <cstring>

namespace kmod::base {
namespace {

template <typename T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

std::uint32_t append_name(std::string& table, const std::string& name) {
  const auto offset = static_cast<std::uint32_t>(table.size());
  table += name + '\0';
  return offset;
}

}  // namespace

std::uint32_t ElfBuilder::add_section(const std::string& name, std::uint32_t type,
                                      std::uint64_t flags, std::uint64_t size) {
  Section section{.name = name, .contents = {}, .relocations = {}};
  section.header.sh_type = type;
  section.header.sh_flags = flags;
  section.header.sh_size = size;
  if (type != SHT_NOBITS) section.contents.assign(size, '\x90');
  sections_.push_back(section);
  return static_cast<std::uint32_t>(sections_.size() - 1);
}

std::uint32_t ElfBuilder::add_text(const std::string& name) {
  return add_section(name, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 64);
}

std::uint32_t ElfBuilder::add_symbol(const std::string& name, std::uint8_t type,
                                     std::uint32_t section, std::uint64_t value,
                                     std::uint64_t size) {
  Symbol symbol{.name = name, .section = section};
  symbol.raw.st_info = ELF64_ST_INFO(STB_GLOBAL, type);
  symbol.raw.st_value = value;
  symbol.raw.st_size = size;
  symbols_.push_back(symbol);
  return static_cast<std::uint32_t>(symbols_.size() - 1);
}

std::uint32_t ElfBuilder::add_function(const std::string& name, std::uint32_t section,
                                       std::uint64_t value, std::uint64_t size) {
  return add_symbol(name, STT_FUNC, section, value, size);
}

std::uint32_t ElfBuilder::add_undefined(const std::string& name) {
  return add_symbol(name, STT_NOTYPE, SHN_UNDEF, 0, 0);
}

void ElfBuilder::set_byte(std::uint32_t section, std::uint64_t offset, std::uint8_t value) {
  sections_.at(section).contents.at(offset) = static_cast<char>(value);
}

void ElfBuilder::set_address(std::uint32_t section, std::uint64_t address) {
  sections_.at(section).header.sh_addr = address;
}

void ElfBuilder::add_relocation(std::uint32_t section, std::uint64_t offset, std::uint32_t symbol,
                                std::int64_t addend, std::uint32_t type) {
  sections_[section].relocations.push_back(
      {.r_offset = offset, .r_info = ELF64_R_INFO(symbol, type), .r_addend = addend});
}

std::string ElfBuilder::build() const {
  std::vector<Section> sections = sections_;
  std::string names(1, '\0');
  std::string symbol_names(1, '\0');
  const auto symbol_table = static_cast<std::uint32_t>(sections.size());
  Section symtab{.name = ".symtab", .contents = {}, .relocations = {}};
  Section wide{.name = ".symtab_shndx", .contents = {}, .relocations = {}};
  for (const Symbol& symbol : symbols_) {
    Elf64_Sym raw = symbol.raw;
    raw.st_name = append_name(symbol_names, symbol.name);
    raw.st_shndx =
        wide_ && symbol.section != 0 ? SHN_XINDEX : static_cast<std::uint16_t>(symbol.section);
    append(symtab.contents, raw);
    append(wide.contents, symbol.section);
  }
  symtab.header.sh_type = SHT_SYMTAB;
  symtab.header.sh_link = symbol_table + 1;
  symtab.header.sh_entsize = sizeof(Elf64_Sym);
  sections.push_back(symtab);
  Section strtab{.name = ".strtab", .contents = symbol_names, .relocations = {}};
  strtab.header.sh_type = SHT_STRTAB;
  sections.push_back(strtab);
  if (wide_) {
    wide.header.sh_type = SHT_SYMTAB_SHNDX;
    wide.header.sh_link = symbol_table;
    sections.push_back(wide);
  }
  for (std::uint32_t index = 0; index < sections_.size(); ++index) {
    if (sections_[index].relocations.empty()) continue;
    Section rela{.name = ".rela" + sections_[index].name, .contents = {}, .relocations = {}};
    for (const Elf64_Rela& relocation : sections_[index].relocations) {
      append(rela.contents, relocation);
    }
    rela.header.sh_type = SHT_RELA;
    rela.header.sh_link = symbol_table;
    rela.header.sh_info = index;
    rela.header.sh_entsize = sizeof(Elf64_Rela);
    sections.push_back(rela);
  }
  Section shstrtab{.name = ".shstrtab", .contents = {}, .relocations = {}};
  shstrtab.header.sh_type = SHT_STRTAB;
  sections.push_back(shstrtab);
  for (Section& section : sections) {
    section.header.sh_name = section.name.empty() ? 0 : append_name(names, section.name);
  }
  sections.back().contents = names;

  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = ET_REL;
  header.e_machine = EM_X86_64;
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = static_cast<std::uint16_t>(sections.size());
  header.e_shstrndx = static_cast<std::uint16_t>(sections.size() - 1);
  std::string body;
  for (Section& section : sections) {
    section.header.sh_offset = sizeof(header) + body.size();
    if (section.header.sh_type != SHT_NOBITS) section.header.sh_size = section.contents.size();
    body += section.contents;
  }
  header.e_shoff = sizeof(header) + body.size();
  std::string bytes;
  append(bytes, header);
  bytes += body;
  for (const Section& section : sections) append(bytes, section.header);
  return bytes;
}

std::string object_with_references(const std::string& caller,
                                   const std::vector<std::string>& undefined) {
  ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function(caller, text, 0, 64);
  std::uint64_t offset = 1;
  for (const std::string& name : undefined) {
    builder.add_relocation(text, offset++, builder.add_undefined(name), -4);
  }
  return builder.build();
}

}  // namespace kmod::base
