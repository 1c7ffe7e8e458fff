// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/module_symbols.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/base/elf_builder.h"

namespace kmod::vm {
namespace {

StackFrame frame(const std::string& symbol, std::uint64_t offset, std::uint64_t size,
                 bool exact = false) {
  return {.symbol = symbol, .offset = offset, .size = size, .module = "demo", .exact = exact};
}

// The builder's text sections have 64 bytes.
std::string two_sections() {
  base::ElfBuilder elf;
  const std::uint32_t text = elf.add_text();
  const std::uint32_t init = elf.add_text(".init.text");
  const std::uint32_t data = elf.add_section(".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, 64);
  elf.add_function("first", text, 0, 16);
  elf.add_function("check", text, 16, 8);  // 16 to the next symbol
  elf.add_function("second", text, 32, 8);
  elf.add_function("check", init, 0, 20);
  elf.add_function("start", init, 24, 8);
  elf.add_symbol("first", STT_OBJECT, data, 0, 8);
  elf.add_undefined("kfree");
  return elf.build();
}

std::string place(const std::string& ko, const StackFrame& frame) {
  const auto symbols = ModuleSymbols::parse(ko);
  if (!symbols) return symbols.error();
  const auto found = symbols->find(frame);
  return found ? found->section + "+" + std::to_string(found->offset) : found.error();
}

TEST(ModuleSymbolsTest, FindsTheCallBeforeAReturnAddress) {
  EXPECT_EQ(place(two_sections(), frame("second", 4, 32)), ".text+35");
  EXPECT_EQ(place(two_sections(), frame("start", 4, 0x1000)), ".init.text+27");
  // A call that never returns may be a function's last instruction.
  EXPECT_EQ(place(two_sections(), frame("first", 16, 16)), ".text+15");
}

TEST(ModuleSymbolsTest, TakesAnExactFrameAsItIs) {
  EXPECT_EQ(place(two_sections(), frame("second", 4, 32, true)), ".text+36");
  EXPECT_EQ(place(two_sections(), frame("second", 0, 32, true)), ".text+32");
  EXPECT_EQ(place(two_sections(), frame("second", 0, 32)), ".text+32");
}

TEST(ModuleSymbolsTest, TellsFunctionsOfOneNameApartByTheirDistance) {
  EXPECT_EQ(place(two_sections(), frame("check", 4, 16, true)), ".text+20");
  EXPECT_EQ(place(two_sections(), frame("check", 4, 24, true)), ".init.text+4");
  EXPECT_EQ(place(two_sections(), frame("check", 4, 20, true)),
            "has 2 functions check, of which 0 fit the size that the kernel prints");
}

TEST(ModuleSymbolsTest, DoesNotGuessBetweenTwoThatFit) {
  base::ElfBuilder elf;
  const std::uint32_t text = elf.add_text();
  elf.add_function("check", text, 0, 16);
  elf.add_function("check", text, 16, 16);
  elf.add_function("last", text, 32, 8);
  EXPECT_EQ(place(elf.build(), frame("check", 4, 16)),
            "has 2 functions check, of which 2 fit the size that the kernel prints");
}

// Sections lie in memory as in the file, but those of init apart, and the last one fills its page.
TEST(ModuleSymbolsTest, KnowsHowTheKernelLaysOutSections) {
  base::ElfBuilder elf;
  const std::uint32_t text = elf.add_text();
  const std::uint32_t init = elf.add_text(".init.text");
  const std::uint32_t unlikely = elf.add_text(".text.unlikely");
  elf.add_function("check", text, 48, 16);
  elf.add_function("check", init, 8, 16);
  elf.add_function("check", unlikely, 4, 8);
  const std::string ko = elf.build();
  EXPECT_EQ(place(ko, frame("check", 4, 20, true)), ".text+52");
  EXPECT_EQ(place(ko, frame("check", 4, 0x1000 - 8, true)), ".init.text+12");
  EXPECT_EQ(place(ko, frame("check", 4, 0x1000 - 68, true)), ".text.unlikely+8");
  EXPECT_EQ(place(ko, frame("check", 4, 60, true)),
            "has 3 functions check, of which 0 fit the size that the kernel prints");
}

TEST(ModuleSymbolsTest, CompletesANameThatWasCutShort) {
  for (const std::size_t limit : {std::size_t{127}, std::size_t{511}}) {
    base::ElfBuilder elf;
    const std::uint32_t text = elf.add_text();
    elf.add_function(std::string(limit, 'f') + "_more", text, 8, 8);
    EXPECT_EQ(place(elf.build(), frame(std::string(limit, 'f'), 1, 56, true)), ".text+9");
    const std::string shorter(limit - 1, 'f');
    EXPECT_EQ(place(elf.build(), frame(shorter, 1, 56, true)), "has no function " + shorter);
  }
}

TEST(ModuleSymbolsTest, SaysWhatIsWrong) {
  EXPECT_EQ(place(two_sections(), frame("kfree", 1, 16)), "has no function kfree");
  EXPECT_EQ(place(two_sections(), frame("second", 33, 64)),
            "ends 32 bytes after second, so it is not the file that was loaded");
  EXPECT_EQ(place("text", frame("second", 1, 8)), "is not an ELF file");
  base::ElfBuilder elf;
  elf.add_function("outside", elf.add_text(), 65, 1);
  EXPECT_EQ(place(elf.build(), frame("outside", 1, 8)), "has a function outside its section");
}

}  // namespace
}  // namespace kmod::vm
