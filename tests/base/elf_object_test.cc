// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/elf_object.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "tests/base/elf_builder.h"

namespace kmod::base {
namespace {

std::string error_of(const std::string& bytes) {
  const auto object = ElfObject::parse(bytes);
  return object ? "parsed" : object.error();
}

TEST(ElfObjectTest, ReadsSectionsSymbolsAndRelocations) {
  ElfBuilder builder;
  const std::uint32_t text = builder.add_text(".text.create");
  const std::uint32_t create = builder.add_function("create", text, 16, 32);
  const std::uint32_t wanted = builder.add_undefined("wanted");
  builder.add_relocation(text, 20, wanted, -4);
  const std::string bytes = builder.build();
  const auto object = ElfObject::parse(bytes);
  ASSERT_TRUE(object) << object.error();

  EXPECT_EQ(object->sections()[text].name, ".text.create");
  EXPECT_EQ(object->sections()[text].contents, std::string(64, '\x90'));
  EXPECT_TRUE(object->sections()[text].allocated());
  EXPECT_EQ(object->symbols()[create].name, "create");
  EXPECT_EQ(object->symbols()[create].section, text);
  EXPECT_EQ(object->symbols()[create].value, 16u);
  EXPECT_EQ(object->symbols()[create].size, 32u);
  EXPECT_FALSE(object->symbols()[create].undefined());
  EXPECT_TRUE(object->symbols()[wanted].undefined());
  EXPECT_FALSE(object->symbols()[0].undefined());
  ASSERT_EQ(object->relocations(text).size(), 1u);
  EXPECT_EQ(object->relocations(text)[0].offset, 20u);
  EXPECT_EQ(object->relocations(text)[0].symbol, wanted);
  EXPECT_EQ(object->relocations(text)[0].type, static_cast<std::uint32_t>(R_X86_64_PLT32));
  EXPECT_EQ(object->relocations(text)[0].addend, -4);
}

TEST(ElfObjectTest, EnclosingIsTheFunctionThatCoversAnOffset) {
  ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function("first", text, 0, 16);
  builder.add_function("second", text, 16, 16);
  const std::uint32_t other = builder.add_text(".text.other");
  const std::string bytes = builder.build();
  const auto object = ElfObject::parse(bytes);
  ASSERT_TRUE(object);
  EXPECT_EQ(object->enclosing(text, 15)->name, "first");
  EXPECT_EQ(object->enclosing(text, 16)->name, "second");
  EXPECT_EQ(object->enclosing(text, 32), nullptr);
  EXPECT_EQ(object->enclosing(other, 0), nullptr);
}

TEST(ElfObjectTest, ReadsSectionIndicesThatDoNotFitInASymbol) {
  ElfBuilder builder;
  builder.use_wide_indices();
  const std::uint32_t text = builder.add_text();
  const std::uint32_t function = builder.add_function("f", text, 0, 8);
  const std::string bytes = builder.build();
  const auto object = ElfObject::parse(bytes);
  ASSERT_TRUE(object) << object.error();
  EXPECT_EQ(object->symbols()[function].section, text);
}

TEST(ElfObjectTest, HasContentCountsAllocatedBytesOfTheNameAndItsSuffixes) {
  ElfBuilder builder;
  builder.add_section(".init_array.00100", SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE, 8);
  builder.add_section(".ctors", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, 0);
  builder.add_section(".eh_frame", SHT_PROGBITS, 0, 8);
  builder.add_section(".tbss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS, 4);
  builder.add_section(".tdata_not", SHT_PROGBITS, SHF_ALLOC, 4);
  const std::string bytes = builder.build();
  const auto object = ElfObject::parse(bytes);
  ASSERT_TRUE(object);
  EXPECT_TRUE(object->has_content(".init_array"));
  EXPECT_FALSE(object->has_content(".ctors")) << "empty";
  EXPECT_FALSE(object->has_content(".eh_frame")) << "not allocated";
  EXPECT_TRUE(object->has_content(".tbss"));
  EXPECT_FALSE(object->has_content(".tdata")) << "another name";
}

TEST(ElfObjectTest, RefusesOtherFiles) {
  EXPECT_EQ(error_of(""), "is not an ELF file");
  EXPECT_EQ(error_of(std::string(100, 'x')), "is not an ELF file");
  std::string bytes = ElfBuilder().build();
  bytes[EI_CLASS] = ELFCLASS32;
  EXPECT_EQ(error_of(bytes), "is not a 64-bit little-endian ELF file");
  bytes = ElfBuilder().build();
  bytes[offsetof(Elf64_Ehdr, e_type)] = ET_EXEC;
  EXPECT_EQ(error_of(bytes), "is an ELF file, but not a relocatable object");
}

TEST(ElfObjectTest, RefusesEveryTruncation) {
  const std::string bytes = object_with_references("f", {"wanted"});
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_NE(error_of(bytes.substr(0, length)), "parsed") << length;
  }
}

TEST(ElfObjectTest, RefusesOffsetsThatOverflow) {
  std::string bytes = ElfBuilder().build();
  const std::uint64_t huge = ~std::uint64_t{0} - 8;
  std::memcpy(bytes.data() + offsetof(Elf64_Ehdr, e_shoff), &huge, sizeof(huge));
  EXPECT_EQ(error_of(bytes), "ends before its section headers");
}

TEST(ElfObjectTest, RefusesIndicesOutsideTheFile) {
  ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_relocation(text, 0, 99);
  EXPECT_EQ(error_of(builder.build()), "has a relocation to a symbol that does not exist");
}

}  // namespace
}  // namespace kmod::base
