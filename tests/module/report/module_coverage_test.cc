// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/report/module_coverage.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/base/elf_builder.h"

namespace kmod::report {
namespace {

constexpr std::uint8_t kUnwindsBySp = 5;    // ORC_REG_SP
constexpr std::uint8_t kEndOfFunction = 0;  // ORC_REG_UNDEFINED

struct OrcEntry {
  std::uint64_t place;  // in .text
  std::uint8_t sp_register;
};

// A module with the functions `first` at 0 and `second` at 32, and these ORC entries.
std::string module_with(const std::vector<OrcEntry>& entries, int return_sites, int thunks) {
  base::ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function("first", text, 0, 16);
  builder.add_function("second", text, 32, 16);
  const std::uint32_t text_symbol = builder.add_symbol("", STT_SECTION, text, 0, 0);
  const std::uint32_t thunk = builder.add_undefined("__x86_return_thunk");
  const std::uint32_t ip =
      builder.add_section(".orc_unwind_ip", SHT_PROGBITS, SHF_ALLOC, 4 * entries.size());
  const std::uint32_t orc =
      builder.add_section(".orc_unwind", SHT_PROGBITS, SHF_ALLOC, 6 * entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    builder.add_relocation(ip, 4 * i, text_symbol, static_cast<std::int64_t>(entries[i].place));
    builder.set_byte(orc, 6 * i + 4, entries[i].sp_register);
  }
  builder.add_section(".return_sites", SHT_PROGBITS, SHF_ALLOC, std::uint64_t{4} * return_sites);
  for (int i = 0; i < thunks; ++i) {
    builder.add_relocation(text, std::uint64_t{8} * i, thunk);
  }
  return builder.build();
}

TEST(ModuleCoverageTest, CountsCoveredFunctions) {
  const auto coverage = module_coverage(
      module_with({{0, kUnwindsBySp}, {16, kEndOfFunction}, {32, kUnwindsBySp}}, 2, 2));
  ASSERT_TRUE(coverage) << coverage.error();
  EXPECT_EQ(coverage->functions_with_orc, 2U);
  EXPECT_TRUE(coverage->functions_without_orc.empty());
  EXPECT_EQ(coverage->return_sites, 2U);
  EXPECT_EQ(coverage->return_thunks, 2U);
  EXPECT_TRUE(coverage->complete());
}

TEST(ModuleCoverageTest, NamesAFunctionAfterTheEndOfAnother) {
  const auto coverage =
      module_coverage(module_with({{0, kUnwindsBySp}, {16, kEndOfFunction}}, 0, 0));
  ASSERT_TRUE(coverage) << coverage.error();
  EXPECT_EQ(coverage->functions_with_orc, 1U);
  EXPECT_EQ(coverage->functions_without_orc, std::vector<std::string>{"second"});
  EXPECT_FALSE(coverage->complete());
}

TEST(ModuleCoverageTest, NamesAFunctionBeforeTheFirstEntry) {
  const auto coverage = module_coverage(module_with({{32, kUnwindsBySp}}, 0, 0));
  ASSERT_TRUE(coverage) << coverage.error();
  EXPECT_EQ(coverage->functions_without_orc, std::vector<std::string>{"first"});
}

// One function ends where the next begins: the two entries may come in any order.
TEST(ModuleCoverageTest, PrefersTheBeginningOfAFunctionToTheEndOfAnother) {
  for (const auto& entries :
       {std::vector<OrcEntry>{{0, kUnwindsBySp}, {32, kEndOfFunction}, {32, kUnwindsBySp}},
        std::vector<OrcEntry>{{0, kUnwindsBySp}, {32, kUnwindsBySp}, {32, kEndOfFunction}}}) {
    const auto coverage = module_coverage(module_with(entries, 0, 0));
    ASSERT_TRUE(coverage) << coverage.error();
    EXPECT_EQ(coverage->functions_with_orc, 2U);
  }
}

TEST(ModuleCoverageTest, IsIncompleteWithAReturnThatTheKernelCannotPatch) {
  const auto coverage = module_coverage(module_with({{0, kUnwindsBySp}, {32, kUnwindsBySp}}, 1, 2));
  ASSERT_TRUE(coverage) << coverage.error();
  EXPECT_EQ(coverage->return_sites, 1U);
  EXPECT_EQ(coverage->return_thunks, 2U);
  EXPECT_FALSE(coverage->complete());
}

TEST(ModuleCoverageTest, CoversNothingWithoutObjtool) {
  base::ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function("alone", text, 0, 16);
  const std::string bytes = builder.build();
  const auto coverage = module_coverage(bytes);
  ASSERT_TRUE(coverage) << coverage.error();
  EXPECT_EQ(coverage->functions_without_orc, std::vector<std::string>{"alone"});
}

TEST(ModuleCoverageTest, RefusesAFileThatIsNotAnObject) {
  const auto coverage = module_coverage("no ELF file");
  ASSERT_FALSE(coverage);
  EXPECT_FALSE(coverage.error().empty());
}

TEST(ModuleCoverageTest, RefusesTablesOfDifferentLengths) {
  base::ElfBuilder builder;
  builder.add_section(".orc_unwind_ip", SHT_PROGBITS, SHF_ALLOC, 8);
  builder.add_section(".orc_unwind", SHT_PROGBITS, SHF_ALLOC, 6);
  const std::string bytes = builder.build();
  const auto coverage = module_coverage(bytes);
  ASSERT_FALSE(coverage);
  EXPECT_EQ(coverage.error(), ".orc_unwind and .orc_unwind_ip have different numbers of entries");
}

}  // namespace
}  // namespace kmod::report
