// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/symbol_references.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/base/elf_builder.h"

namespace kmod::link {
namespace {

using References = std::vector<SymbolReference>;

TEST(SymbolReferencesTest, FindsTheFirstReferrerOfEachUndefinedSymbol) {
  base::ElfBuilder builder;
  const std::uint32_t debug = builder.add_section(".debug_info", SHT_PROGBITS, 0, 64);
  const std::uint32_t text = builder.add_text();
  const std::uint32_t vtables = builder.add_section(".rodata", SHT_PROGBITS, SHF_ALLOC, 64);
  const std::uint32_t first = builder.add_function("_ZN5Hello6createEv", text, 0, 16);
  builder.add_function("second", text, 16, 16);
  builder.add_symbol("_ZTV5Hello", STT_OBJECT, vtables, 0, 32);
  const std::uint32_t shared = builder.add_undefined("shared");
  const std::uint32_t virtual_one = builder.add_undefined("virtual_one");
  const std::uint32_t loose = builder.add_undefined("loose");
  builder.add_undefined("unreferenced");
  builder.add_relocation(debug, 0, shared);
  builder.add_relocation(text, 4, shared);
  builder.add_relocation(text, 20, shared);
  builder.add_relocation(text, 24, first);
  builder.add_relocation(text, 60, loose);
  builder.add_relocation(vtables, 16, virtual_one);
  const std::string bytes = builder.build();
  const auto object = base::ElfObject::parse(bytes);
  ASSERT_TRUE(object) << object.error();

  EXPECT_EQ(undefined_symbols(*object),
            (std::vector<std::string>{"loose", "shared", "unreferenced", "virtual_one"}));
  EXPECT_EQ(find_references(*object, "//a:b"),
            (References{{"shared", "//a:b", "_ZN5Hello6createEv"},
                        {"loose", "//a:b", ""},
                        {"virtual_one", "//a:b", "_ZTV5Hello"},
                        {"unreferenced", "//a:b", ""}}));
}

TEST(SymbolReferencesTest, WritesSortedLinesAndReadsThemBack) {
  const References references = {
      {"b", "//y", "f()"}, {"a", "//z", ""}, {"b", "//x", "g()"}, {"b", "//y", "f()"}};
  const std::string text = "a\t//z\t\nb\t//x\tg()\nb\t//y\tf()\n";
  EXPECT_EQ(format_references(references), text);
  const auto read = parse_references(text);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(format_references(read->references), text);
  EXPECT_EQ(parse_references("a\t//z\t\nrubbish\n").error(),
            "line 2, \"rubbish\", is not of the form symbol, library, referrer with tabs between "
            "them");
}

TEST(SymbolReferencesTest, KeepsDefinitionsBesideReferences) {
  base::ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function("g", text, 16, 16);
  builder.add_function("f", text, 0, 16);
  builder.add_symbol("data", STT_OBJECT, text, 32, 8);
  builder.add_undefined("kfree");
  const std::string bytes = builder.build();
  const auto object = base::ElfObject::parse(bytes);
  ASSERT_TRUE(object) << object.error();
  const std::string lines = format_definitions(find_definitions(*object, "//a:b"));
  EXPECT_EQ(lines, "data\t//a:b\nf\t//a:b\ng\t//a:b\n");
  const auto read = parse_references("a\t//z\t\n" + lines);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(format_references(read->references), "a\t//z\t\n");
  EXPECT_EQ(format_definitions(read->definitions), lines);
}

TEST(SymbolReferencesTest, DescribesEachLibraryOnce) {
  const References references = {
      {"a", "//x", "f()"}, {"a", "//x", "g()"}, {"b", "//q", "h()"}, {"a", "//y", ""}};
  EXPECT_EQ(describe_references(references, "a"), "//x in f() and //y");
  EXPECT_EQ(describe_references(references, "b"), "//q in h()");
  EXPECT_EQ(describe_references(references, "c"), "");
}

TEST(SymbolReferencesTest, DescribesWhereASymbolIsDefined) {
  const std::vector<SymbolDefinition> definitions = {
      {"f", "//x"}, {"f", "//x"}, {"g", "//x"}, {"g", "//y"}};
  EXPECT_EQ(describe_definitions(definitions, "f"), "//x");
  EXPECT_EQ(describe_definitions(definitions, "g"), "//x or //y");
  EXPECT_EQ(describe_definitions(definitions, "h"), "");
}

}  // namespace
}  // namespace kmod::link
