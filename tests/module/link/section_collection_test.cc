// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/section_collection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "tests/base/elf_builder.h"

namespace kmod::link {
namespace {

using Kind = LinkRequest::InputKind;

std::string write(const std::string& name, const std::string& contents) {
  const std::string path = testing::TempDir() + "/collection_" + name;
  EXPECT_TRUE(base::write_file(path, contents));
  return path;
}

// An object that defines some symbols and references others.
std::string object(const std::vector<std::string>& defined,
                   const std::vector<std::string>& undefined,
                   const std::string& section = ".text") {
  base::ElfBuilder builder;
  const auto text = builder.add_text(".text");
  if (section != ".text") builder.add_section(section, SHT_PROGBITS, SHF_ALLOC, 4);
  for (const std::string& name : defined) builder.add_function(name, text, 0, 4);
  for (const std::string& name : undefined) builder.add_undefined(name);
  return builder.build();
}

LinkRequest request_of(std::vector<LinkRequest::Library> libraries) {
  LinkRequest request;
  request.label = "//m:m_ko";
  request.entries = {"init_module"};
  request.exports = {"exported"};
  request.libraries = std::move(libraries);
  return request;
}

std::vector<std::string> roots_of(const LinkRequest& request) {
  const auto roots = collection_roots(request);
  EXPECT_TRUE(roots) << roots.error();
  return roots.value_or(std::vector<std::string>());
}

using Names = std::vector<std::string>;

TEST(SectionCollectionTest, RootsAreEntriesExportsAndWhatOthersReference) {
  const std::string rust = write("rust.o", object({"history_add", "_RNvCs_4main"}, {"printk"}));
  const std::string cxx = write("cxx.o", object({"_ZN5Meter"}, {"history_add", "kfree"}));
  EXPECT_EQ(
      roots_of(request_of({{.label = "//r", .inputs = {{Kind::kObject, rust}}, .collected = true},
                           {.label = "//c", .inputs = {{Kind::kWholeObject, cxx}}}})),
      (Names{"exported", "history_add", "init_module", "kfree"}));
}

TEST(SectionCollectionTest, CanEnterADirectDependencyByPlainNames) {
  const std::string rust =
      write("direct.o", object({"history_add", "_RNvCs_4main", "_ZN3add"}, {"printk"}));
  EXPECT_EQ(roots_of(request_of(
                {{.label = "//r", .inputs = {{Kind::kWholeObject, rust}}, .collected = true}})),
            (Names{"exported", "history_add", "init_module"}));
}

TEST(SectionCollectionTest, KeepsWhatDeclaresSomething) {
  const std::string ids = write("ids.o", object({"ids"}, {}, ".modinfo"));
  EXPECT_EQ(
      roots_of(request_of({{.label = "//r", .inputs = {{Kind::kObject, ids}}, .collected = true}})),
      (Names{"exported", "ids", "init_module"}));
}

TEST(SectionCollectionTest, NamesTheLibraryOfAFileThatIsMissing) {
  const auto roots = collection_roots(
      request_of({{.label = "//r", .inputs = {{Kind::kObject, "no/such.o"}}, .collected = true}}));
  ASSERT_FALSE(roots);
  EXPECT_TRUE(roots.error().contains("no/such.o of //r is unreadable")) << roots.error();
}

TEST(SectionCollectionTest, LinksOnlyCollectedLibraries) {
  const LinkRequest request =
      request_of({{.label = "//r", .inputs = {{Kind::kObject, "rust.o"}}, .collected = true},
                  {.label = "//c", .inputs = {{Kind::kWholeObject, "cxx.o"}}}});
  EXPECT_TRUE(has_collected(request));
  const auto arguments = collection_arguments(request, {"init_module"}, "s.lds", "out.o");
  const auto has = [&](const std::string& argument) {
    return std::ranges::find(arguments, argument) != arguments.end();
  };
  EXPECT_TRUE(has("--gc-sections"));
  EXPECT_TRUE(has("--undefined=init_module"));
  EXPECT_TRUE(has("rust.o"));
  EXPECT_FALSE(has("cxx.o"));

  const LinkRequest rest = with_collected_object(request, "out.o");
  EXPECT_FALSE(has_collected(rest));
  ASSERT_EQ(rest.libraries.size(), 2U);
  EXPECT_EQ(rest.libraries[0].label, "//c");
  EXPECT_EQ(rest.libraries[1].inputs.front().path, "out.o");
}

}  // namespace
}  // namespace kmod::link
