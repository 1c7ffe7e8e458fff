// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which headers are left out, and which have to be included before others.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/headers/translation.h"
#include "tests/headers/translation_fixture.h"

namespace kmod::headers {
namespace {

TEST_F(TranslationTest, SaysWhyAHeaderIsLeftOut) {
  write("include/linux/arm.h", "#include <asm/arm.h>\n");
  write("include/linux/good.h", "int good(void);\n");
  Translation translation = translate_all();
  EXPECT_TRUE(translation.left_out["linux/arm.h"].contains("'asm/arm.h' file not found"))
      << translation.left_out["linux/arm.h"];
  EXPECT_EQ(translation.left_out.size(), 1U);
  EXPECT_TRUE(translation.headers["linux/good.h"].contains("int good(void);"))
      << translation.headers["linux/good.h"];
}

TEST_F(TranslationTest, LeavesOutAllThatIncludeAHeaderWithAnError) {
  // More than there are passes.
  constexpr int kHeaders = 40;
  write("include/linux/bad.h", "#include <asm/bad.h>\n");
  for (int number = 0; number < kHeaders; ++number) {
    write("include/linux/user" + std::to_string(number) + ".h", "#include <linux/bad.h>\n");
  }
  write("include/linux/good.h", "int good(void);\n");
  const Translation translation = translate_all();
  EXPECT_EQ(translation.left_out.size(), kHeaders + 1);
  for (const auto& [name, reason] : translation.left_out) {
    EXPECT_TRUE(reason.contains("'asm/bad.h' file not found")) << name << ": " << reason;
  }
  EXPECT_TRUE(translation.headers.contains("linux/good.h"));
}

TEST_F(TranslationTest, LeavesOutAHeaderWithAnErrorInAFunction) {
  write("include/linux/bad.h",
        "#pragma once\nstatic inline int bad(void) { return undeclared; }\n");
  write("include/linux/user.h", "#include <linux/bad.h>\nint user(void);\n");
  const Translation translation = translate_all();
  // The second unit has both, and C++ is told why it cannot call the function.
  EXPECT_TRUE(translation.left_out.empty());
  EXPECT_TRUE(translation.headers.at("linux/bad.h").contains("= delete(\"this kernel cannot"))
      << translation.headers.at("linux/bad.h");
  EXPECT_TRUE(translation.headers.at("linux/user.h").contains("int user(void);"));
  EXPECT_FALSE(translation.calls.contains("bad"));
}

TEST_F(TranslationTest, SaysWhatAHeaderNeedsBeforeIt) {
  write("include/linux/a.h", "#pragma once\ntypedef unsigned char u8;\nstruct whole { u8 v; };\n");
  write("include/linux/b.h",
        "#pragma once\nstruct pointed;\n"
        "struct b { struct pointed *p; enum kind *k; struct whole w; };\n"
        "static inline int get(const struct b *b) { return b->w.v; }\n");
  write("include/linux/c.h", "#pragma once\n#include <linux/a.h>\nstruct c { struct whole w; };\n");
  write("include/linux/pointed.h", "#pragma once\nstruct pointed { int value; };\n");
  const Translation translation = translate_all();
  EXPECT_TRUE(translation.left_out.empty());
  using Headers = std::map<std::string, std::vector<std::string>>;
  EXPECT_EQ(translation.first_headers, (Headers{{"linux/b.h", {"linux/a.h"}}}));
  EXPECT_EQ(translation.calls.at("get"),
            "get\tlinux/module.h linux/a.h linux/b.h\tint __kmod_call_get(const struct b *a0) { "
            "return get(a0); }");
}

TEST_F(TranslationTest, ReadsFirstWhatDefinesAType) {
  // In their order, neither of the first two can be read.
  write("include/linux/b.h", "#pragma once\nstruct b { struct whole w; };\n");
  write("include/linux/c.h", "#pragma once\nstruct c { second_t s[2]; };\n");
  write("include/linux/y.h", "#pragma once\ntypedef struct { int v; } second_t;\n");
  write("include/linux/z.h", "#pragma once\n#include <linux/y.h>\nstruct whole { second_t s; };\n");
  const Translation translation = translate_all();
  EXPECT_TRUE(translation.left_out.empty());
  using Headers = std::map<std::string, std::vector<std::string>>;
  EXPECT_EQ(translation.first_headers,
            (Headers{{"linux/b.h", {"linux/z.h"}}, {"linux/c.h", {"linux/y.h"}}}));
}

TEST_F(TranslationTest, NamesTheWholeOfAPart) {
  write("include/linux/fortify-string.h", "int part;\n");
  write("include/linux/rcupdate.h", "#include <linux/rcutiny.h>\n");
  write("include/linux/rcutiny.h", "int tiny;\n");
  const Translation translation = translate_all();
  using Parts = std::map<std::string, std::string>;
  EXPECT_EQ(translation.parts, (Parts{{"linux/fortify-string.h", "linux/string.h"}}));
  EXPECT_TRUE(translation.headers.contains("linux/rcutiny.h"));
}

}  // namespace
}  // namespace kmod::headers
