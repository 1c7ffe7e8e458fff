// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Makes relocatable objects for tests, byte by byte, so that they need no compiler.
#ifndef TESTS_BASE_ELF_BUILDER_H_
#define TESTS_BASE_ELF_BUILDER_H_

#include <elf.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kmod::base {

class ElfBuilder {
 public:
  // Each returns the index in the file. Section and symbol 0 are there from the start, as in every
  // object.
  std::uint32_t add_section(const std::string& name, std::uint32_t type, std::uint64_t flags,
                            std::uint64_t size);
  std::uint32_t add_text(const std::string& name = ".text");
  std::uint32_t add_symbol(const std::string& name, std::uint8_t type, std::uint32_t section,
                           std::uint64_t value, std::uint64_t size);
  std::uint32_t add_function(const std::string& name, std::uint32_t section, std::uint64_t value,
                             std::uint64_t size);
  std::uint32_t add_undefined(const std::string& name);
  // Sections that are not empty are filled with 0x90 otherwise.
  void set_byte(std::uint32_t section, std::uint64_t offset, std::uint8_t value);
  void set_address(std::uint32_t section, std::uint64_t address);
  void add_relocation(std::uint32_t section, std::uint64_t offset, std::uint32_t symbol,
                      std::int64_t addend = 0, std::uint32_t type = R_X86_64_PLT32);

  // Writes section indices of symbols as objects with more than 65,279 sections do.
  void use_wide_indices() { wide_ = true; }

  [[nodiscard]] std::string build() const;

 private:
  struct Section {
    std::string name;
    Elf64_Shdr header{};
    std::string contents;
    std::vector<Elf64_Rela> relocations;
  };
  struct Symbol {
    std::string name;
    Elf64_Sym raw{};
    std::uint32_t section = 0;
  };

  std::vector<Section> sections_ = std::vector<Section>(1);
  std::vector<Symbol> symbols_ = std::vector<Symbol>(1);
  bool wide_ = false;
};

// An object in which the function `caller` references each of `undefined`.
std::string object_with_references(const std::string& caller,
                                   const std::vector<std::string>& undefined);

}  // namespace kmod::base

#endif  // TESTS_BASE_ELF_BUILDER_H_
