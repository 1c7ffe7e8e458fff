// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/elf_difference.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/base/elf_builder.h"

namespace kmod::reproducibility {
namespace {

using base::ElfBuilder;

Lines explained(const ElfBuilder& first, const ElfBuilder& second) {
  const auto lines = explain_elf(first.build(), second.build());
  return lines ? *lines : Lines{"error: " + lines.error()};
}

bool mentions(const Lines& lines, std::string_view text) {
  for (const std::string& line : lines) {
    if (line.contains(text)) return true;
  }
  return false;
}

// Hello::create() at 16 to 48 of .text, and debug information.
struct Sample {
  ElfBuilder builder;
  std::uint32_t text = builder.add_text();
  std::uint32_t create = builder.add_function("_ZN5Hello6createEv", text, 16, 32);
  std::uint32_t strings =
      builder.add_section(".rodata.str1.1", SHT_PROGBITS, SHF_ALLOC | SHF_MERGE | SHF_STRINGS, 16);
  std::uint32_t strings_symbol = builder.add_symbol("", STT_SECTION, strings, 0, 0);
  std::uint32_t debug = builder.add_section(".debug_str", SHT_PROGBITS, 0, 16);

  void write(std::uint32_t section, std::uint64_t offset, std::string_view bytes) {
    for (const char byte : bytes)
      builder.set_byte(section, offset++, static_cast<std::uint8_t>(byte));
  }
};

TEST(ElfDifferenceTest, NamesTheFunctionWhoseCodeDiffers) {
  Sample first;
  Sample second;
  second.builder.set_byte(second.text, 20, 0xcc);
  EXPECT_EQ(explained(first.builder, second.builder),
            (Lines{"section .text, offset 0x14 of 64 bytes, in _ZN5Hello6createEv",
                   "  first:  0x10: 90 90 90 90 [90] 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90",
                   "  second: 0x10: 90 90 90 90 [cc] 90 90 90 90 90 90 90 90 90 90 90 90 90 90 "
                   "90"}));
}

TEST(ElfDifferenceTest, NamesTheUserOfAStringThatDiffers) {
  Sample first;
  Sample second;
  for (Sample* sample : {&first, &second}) {
    sample->write(sample->strings, 0, std::string_view("hello\0at 10:00\0", 15));
    // The second string, as a call of a function would refer to it: 4 bytes before.
    sample->builder.add_relocation(sample->text, 20, sample->strings_symbol, 6 - 4);
  }
  second.write(second.strings, 6, "at 12:30");
  const Lines lines = explained(first.builder, second.builder);
  EXPECT_EQ(lines.at(0),
            "section .rodata.str1.1, offset 0x6 of 16 bytes, in a constant that _ZN5Hello6createEv "
            "uses");
  EXPECT_EQ(lines.at(1), "  first:  \"at 10:00\"");
  EXPECT_EQ(lines.at(2), "  second: \"at 12:30\"");
}

TEST(ElfDifferenceTest, ShowsBytesWhereStringsAreOnlyInAnotherOrder) {
  Sample first;
  Sample second;
  first.write(first.strings, 0, std::string_view("one\0two\0", 8));
  second.write(second.strings, 0, std::string_view("two\0one\0", 8));
  const Lines lines = explained(first.builder, second.builder);
  EXPECT_EQ(lines.at(0), "section .rodata.str1.1, offset 0x0 of 16 bytes");
  EXPECT_TRUE(lines.at(1).starts_with("  first:  0x0: [6f] 6e 65")) << lines.at(1);
}

// The build ID is a hash of the rest, and stands before most of it.
TEST(ElfDifferenceTest, NamesTheBuildIdLast) {
  Sample first;
  Sample second;
  for (Sample* sample : {&first, &second}) {
    const std::uint32_t id =
        sample->builder.add_section(".note.gnu.build-id", SHT_NOTE, SHF_ALLOC, 16);
    const std::uint32_t last = sample->builder.add_text(".text.last");
    sample->builder.set_byte(id, 0, sample == &first ? 1 : 2);
    sample->builder.set_byte(last, 0, sample == &first ? 1 : 2);
  }
  const Lines lines = explained(first.builder, second.builder);
  EXPECT_TRUE(lines.at(0).starts_with("section .text.last, offset 0x0")) << lines.at(0);
  EXPECT_EQ(lines.back(), "other sections that differ: .note.gnu.build-id");
}

TEST(ElfDifferenceTest, SaysThatOnlyDebugInformationDiffers) {
  Sample first;
  Sample second;
  first.write(first.debug, 0, "/home/a/hello.cc");
  second.write(second.debug, 0, "/srv/bb/hello.cc");
  const Lines lines = explained(first.builder, second.builder);
  EXPECT_EQ(lines.at(0), "section .debug_str, offset 0x1 of 16 bytes");
  EXPECT_TRUE(mentions(lines, "first:  \"/home/a/hello.cc\""));
  EXPECT_EQ(lines.back(), "only debug information differs: what is loaded is the same");
}

TEST(ElfDifferenceTest, PutsWhatIsLoadedFirstAndListsTheOthers) {
  Sample first;
  Sample second;
  second.builder.set_byte(second.debug, 0, 0);
  second.builder.set_byte(second.text, 0, 0xcc);
  const Lines lines = explained(first.builder, second.builder);
  EXPECT_TRUE(lines.at(0).starts_with("section .text, offset 0x0 of 64 bytes")) << lines.at(0);
  EXPECT_EQ(lines.back(), "other sections that differ: .debug_str");
}

TEST(ElfDifferenceTest, ShowsTheFirstRelocationThatIsAnother) {
  Sample first;
  Sample second;
  first.builder.add_relocation(first.text, 20, first.builder.add_undefined("_printk"), -4);
  second.builder.add_relocation(second.text, 20, second.builder.add_undefined("_Z3logi"), -4);
  const Lines lines = explained(first.builder, second.builder);
  ASSERT_GE(lines.size(), 4u);
  EXPECT_EQ(lines[0], "section .rela.text");
  EXPECT_EQ(lines[1], "  relocation 0, in _ZN5Hello6createEv");
  EXPECT_EQ(lines[2], "  first:  R_X86_64_PLT32 at 0x14 to _printk-4");
  EXPECT_EQ(lines[3], "  second: R_X86_64_PLT32 at 0x14 to _Z3logi-4");
}

TEST(ElfDifferenceTest, ShowsARelocationThatOneLacks) {
  Sample first;
  Sample second;
  const std::uint32_t in_first = first.builder.add_undefined("_printk");
  const std::uint32_t in_second = second.builder.add_undefined("_printk");
  first.builder.add_relocation(first.text, 20, in_first);
  second.builder.add_relocation(second.text, 20, in_second);
  second.builder.add_relocation(second.text, 30, in_second);
  const Lines lines = explained(first.builder, second.builder);
  ASSERT_GE(lines.size(), 4u);
  EXPECT_EQ(lines[1], "  relocation 1, in _ZN5Hello6createEv");
  EXPECT_EQ(lines[2], "  first:  none");
  EXPECT_EQ(lines[3], "  second: R_X86_64_PLT32 at 0x1e to _printk+0");
}

TEST(ElfDifferenceTest, SaysThatTheBytesAreOnesThatARelocationPatches) {
  Sample first;
  Sample second;
  for (Sample* sample : {&first, &second}) {
    sample->builder.add_relocation(sample->text, 20, sample->create);
  }
  second.builder.set_byte(second.text, 23, 0);
  EXPECT_EQ(explained(first.builder, second.builder).at(0),
            "section .text, offset 0x17 of 64 bytes, in _ZN5Hello6createEv, where a relocation "
            "patches the bytes at load");
}

TEST(ElfDifferenceTest, NamesASectionThatOneLacks) {
  Sample first;
  Sample second;
  second.builder.add_text(".text.extra");
  EXPECT_EQ(explained(first.builder, second.builder).at(0),
            "section .text.extra: only the second file has it");
  EXPECT_EQ(explained(second.builder, first.builder).at(0),
            "section .text.extra: only the first file has it");
}

TEST(ElfDifferenceTest, ComparesSizesOfSectionsWithoutContents) {
  Sample first;
  Sample second;
  first.builder.add_section(".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 8);
  second.builder.add_section(".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 16);
  EXPECT_EQ(explained(first.builder, second.builder).at(0),
            "section .bss: 8 bytes in the first, 16 in the second");
}

TEST(ElfDifferenceTest, PairsSectionsOfTheSameNameInOrder) {
  Sample first;
  Sample second;
  std::uint32_t last = 0;
  for (Sample* sample : {&first, &second}) {
    sample->builder.add_text(".text.f");
    last = sample->builder.add_text(".text.f");
    sample->builder.add_function("g", last, 0, 64);
  }
  second.builder.set_byte(last, 1, 0);
  EXPECT_EQ(explained(first.builder, second.builder).at(0),
            "section .text.f, offset 0x1 of 64 bytes, in g()");
}

TEST(ElfDifferenceTest, FindsSymbolsOfAProgramByAddress) {
  Sample first;
  first.builder.set_address(first.text, 0x400000);
  first.builder.add_function("main", first.text, 0x400010, 16);
  Sample second = first;
  second.builder.set_byte(second.text, 0x12, 0);
  std::string bytes[2] = {first.builder.build(), second.builder.build()};
  for (std::string& program : bytes) program[offsetof(Elf64_Ehdr, e_type)] = ET_EXEC;
  const auto lines = explain_elf(bytes[0], bytes[1]);
  ASSERT_TRUE(lines) << lines.error();
  EXPECT_EQ(lines->at(0), "section .text, offset 0x12 of 64 bytes, in main()");
}

TEST(ElfDifferenceTest, SaysWhatItCannotRead) {
  const std::string good = Sample().builder.build();
  EXPECT_EQ(explain_elf("text", good).error(), "the first is not an ELF file");
  EXPECT_EQ(explain_elf(good, good.substr(0, 70)).error(),
            "the second ends before its section headers");
  EXPECT_EQ(explain_elf(good, good).error(), "differs in its headers only, not in a section");
}

}  // namespace
}  // namespace kmod::reproducibility
