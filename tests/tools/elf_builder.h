// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Makes relocatable objects for tests, byte by byte, so that they need no compiler.
#ifndef TESTS_TOOLS_ELF_BUILDER_H_
#define TESTS_TOOLS_ELF_BUILDER_H_

#include <elf.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kmod::tools {

class ElfBuilder {
 public:
  // Each returns the index in the file. Section and symbol 0 are there from the start, as in every
  // object.
  uint32_t add_section(const std::string& name, uint32_t type, uint64_t flags, uint64_t size);
  uint32_t add_text(const std::string& name = ".text");
  uint32_t add_symbol(const std::string& name, uint8_t type, uint32_t section, uint64_t value,
                      uint64_t size);
  uint32_t add_function(const std::string& name, uint32_t section, uint64_t value, uint64_t size);
  uint32_t add_undefined(const std::string& name);
  // Sections that are not empty are filled with 0x90 otherwise.
  void set_byte(uint32_t section, uint64_t offset, uint8_t value);
  void set_address(uint32_t section, uint64_t address);
  void add_relocation(uint32_t section, uint64_t offset, uint32_t symbol, int64_t addend = 0);

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
    uint32_t section = 0;
  };

  std::vector<Section> sections_ = std::vector<Section>(1);
  std::vector<Symbol> symbols_ = std::vector<Symbol>(1);
  bool wide_ = false;
};

// An object in which the function `caller` references each of `undefined`.
std::string object_with_references(const std::string& caller,
                                   const std::vector<std::string>& undefined);

}  // namespace kmod::tools

#endif  // TESTS_TOOLS_ELF_BUILDER_H_
