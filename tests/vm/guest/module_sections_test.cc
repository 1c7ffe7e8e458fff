// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/module_sections.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/base/elf_builder.h"

namespace kmod::vm {
namespace {

ModuleSections lossy() {
  ModuleSections places;
  places.add("lossy", {{".text", 0xffffffffc0201000}, {".init.text", 0xffffffffc0206000}},
             {{".text", 0x90}, {".init.text", 0x40}, {".data", 8}});
  return places;
}

TEST(ModulePlacesTest, TellsWhereAnAddressWas) {
  const ModuleSections places = lossy();
  EXPECT_EQ(places.locate(0xffffffffc020100f),
            (ModuleAddress{"lossy", ".text", 0xf, 0xffffffffc020100f}));
  // Behind a call that never returns, at the end of the section.
  EXPECT_EQ(places.locate(0xffffffffc0206040),
            (ModuleAddress{"lossy", ".init.text", 0x40, 0xffffffffc0206040}));
  EXPECT_EQ(places.locate(0xffffffffc0206041), (ModuleAddress{"", "", 0, 0xffffffffc0206041}));
  EXPECT_EQ(places.locate(0xffffffffc0200fff).module, "");
}

TEST(ModulePlacesTest, NamesAllModulesOfAPlace) {
  ModuleSections places = lossy();
  places.add("later", {{".text", 0xffffffffc0201008}}, {{".text", 0x10}});
  places.add("later", {{".text", 0xffffffffc0201008}}, {{".text", 0x10}});
  EXPECT_EQ(places.locate(0xffffffffc020100f),
            (ModuleAddress{"later or lossy", ".text", 7, 0xffffffffc020100f}));
  EXPECT_EQ(places.locate(0xffffffffc0201007).module, "lossy");
}

TEST(ModulePlacesTest, ForgetsWhatAnotherModuleMayHaveHad) {
  ModuleSections places = lossy();
  places.forget_initialization();
  EXPECT_EQ(places.locate(0xffffffffc020100f).module, "lossy");
  EXPECT_EQ(places.locate(0xffffffffc0206010).module, "");
}

TEST(ModulePlacesTest, NeedsAddressAndSize) {
  ModuleSections places;
  // Without the right to see addresses, a process reads 0.
  places.add("lossy", {{".text", 0}, {".data", 0xffffffffc0202000}}, {{".text", 0x90}});
  EXPECT_EQ(places.locate(0x10).module, "");
  EXPECT_EQ(places.locate(0xffffffffc0202000).module, "");
}

TEST(ModulePlacesTest, ReadsSizesFromTheFile) {
  base::ElfBuilder builder;
  builder.add_text(".text.create");
  const auto sizes = section_sizes(builder.build());
  ASSERT_TRUE(sizes) << sizes.error();
  EXPECT_EQ(*sizes, (SectionSizes{{".text.create", 64}}));
  EXPECT_EQ(section_sizes("#!/bin/sh\n").error(), "is not an ELF file");
}

TEST(LeakTest, IsDescribedInOneLine) {
  EXPECT_EQ(what(Leak{"kmalloc memory", "kmalloc-96", 3, 288, {}}),
            "3 pieces of kmalloc memory (kmalloc-96), 288 bytes");
  EXPECT_EQ(what({"reference to the kernel's module", "configfs", 2, 0, {}}),
            "2 times a reference to the kernel's module (configfs)");
  EXPECT_EQ(what(Leak{"kernel thread", "lossy, pid 80", 1, 0, {}}),
            "kernel thread (lossy, pid 80)");
  EXPECT_EQ(what(Leak{"vmalloc memory", "", 1, 12288, {}}), "vmalloc memory, 12288 bytes");
  EXPECT_EQ(describe(ModuleAddress{"lossy", ".text", 0xf, 0xffffffffc020100f}), "lossy .text+0xf");
  EXPECT_EQ(describe(ModuleAddress{"", "", 0, 0xffffffffc0}), "0xffffffffc0");
}

}  // namespace
}  // namespace kmod::vm
