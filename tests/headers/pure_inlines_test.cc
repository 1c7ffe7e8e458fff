// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which static inline functions become C++, and how their bodies read there.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "kmod_rules/private/headers/layout_check.h"
#include "kmod_rules/private/headers/translated_files.h"
#include "kmod_rules/private/headers/translation.h"
#include "tests/headers/translation_fixture.h"

namespace kmod::headers {
namespace {

constexpr char kStays[] = "inline functions that stay calls: ";

class PureInlinesTest : public TranslationTest {
 protected:
  // Translates linux/one.h.
  void translate_text(std::string_view text) {
    write("include/linux/one.h", text);
    translation_ = translate_all();
    text_ = translation_.headers["linux/one.h"];
  }

  // What a test passes to the function; "call" if it stays one.
  std::string arguments(const std::string& name) {
    const auto function = translation_.pure.find(name);
    return function == translation_.pure.end() ? "call" : function->second.arguments;
  }

  unsigned stays(const std::string& reason) {
    const auto count = translation_.counts.find(kStays + reason);
    return count == translation_.counts.end() ? 0 : count->second;
  }

  Translation translation_;
  std::string text_;
};

TEST_F(PureInlinesTest, PrintsBodies) {
  translate_text(
      "enum mode { OFF, ON };\n"
      "struct part { unsigned long wide : 7; unsigned long wider : 40; enum mode mode; void *data; "
      "};\n"
      "static inline int less(unsigned char a, int b) { return a < b; }\n"
      "static inline __attribute__((always_inline)) enum mode next(enum mode mode) {\n"
      "  return mode == ON ? OFF : mode + 1; }\n"
      "static inline void *skip(void *class, int size) { return class + sizeof(long); }\n"
      "static inline unsigned long wide(struct part *part) { return part->wide + 1; }\n"
      "static inline unsigned long wider(struct part *part) { return part->wider << 2; }\n"
      "static inline char *data(const struct part *part) { return part->data; }\n"
      "static inline int known(int value) {\n"
      "  if (__builtin_constant_p(value)) return 1; else return ({ int new = value; new++; }); "
      "}\n");
  for (const char* part : {
           "int less(unsigned char a, int b) __asm__(\"__kmod_call_less\");\n#else\n",
           "__attribute__((no_instrument_function)) inline int less(unsigned char a, int b) "
           "{ return ((int)(((int)a) < b)); } \n#endif\n",
           "__attribute__((no_instrument_function)) __attribute__((always_inline)) inline "
           "enum mode next(enum mode mode) { return ((enum mode)(((int)(",
           "inline void *skip(void *class_, int size) "
           "{ return ((void *)(((char *)class_) + ((unsigned long)8U))); }",
           "{ return ((unsigned long)(((int)((unsigned long)(part->wide))) + 1)); }",
           "{ return ((char *)(part->data)); }",
           "{ { return ({ int new_ = value; (new_++); } ); } }",
       }) {
    EXPECT_TRUE(text_.contains(part)) << part << " is missing:\n" << text_;
  }
  // GCC calculates with 40 bits, and Clang with 64.
  EXPECT_EQ(arguments("wider"), "call");
}

TEST_F(PureInlinesTest, SaysWhatATestPasses) {
  translate_text(
      "struct inner { int value; _Bool set; };\n"
      "struct outer { long first; struct inner *inner; long many[4]; };\n"
      "static inline int twice(int value) { return 2 * value; }\n"
      "static inline int value(const struct outer *outer) { return outer->inner->value; }\n"
      "static inline int value_of(struct inner *inner, struct outer *outer) {\n"
      "  return twice(inner->value) + value(outer); }\n"
      "static inline _Bool set(struct inner *inner) { return inner->set; }\n"
      "static inline long before(void *p) { return *(long *)(p - 16); }\n"
      "static inline long element(struct outer *outer, unsigned i) { return outer->many[i]; }\n"
      "static inline unsigned rotate(unsigned value, int by) {\n"
      "  return value << (by & 31) | value >> (-by & 31); }\n"
      "static inline unsigned long bit(int number) { return 1UL << number; }\n"
      "static inline unsigned long bit_of(int number) { return bit(number + 1); }\n"
      "static inline unsigned long bit_16(void) { return bit(16); }\n");
  EXPECT_EQ(arguments("twice"), "v");
  EXPECT_EQ(arguments("value"), "m 8 16 1 8 m 0 4 0 0 0");
  EXPECT_EQ(arguments("value_of"), "m 0 4 0 0 m 8 16 1 8 m 0 4 0 0 0");
  EXPECT_EQ(arguments("set"), "m 4 5 0 1 4");
  EXPECT_EQ(arguments("before"), "m -16 -8 0 0");
  EXPECT_EQ(arguments("element"), "m 16 48 0 0 l4");
  EXPECT_EQ(arguments("rotate"), "v v");
  EXPECT_EQ(arguments("bit"), "l64");
  EXPECT_EQ(arguments("bit_of"), "call");
  EXPECT_EQ(arguments("bit_16"), "");
  EXPECT_EQ(stays("no test can prepare its arguments"), 1U);
}

TEST_F(PureInlinesTest, KnowsWhatItStoredItself) {
  translate_text(
      "struct list { struct list *next, *prev; };\n"
      "static inline void init(struct list *list) { list->next = list; list->prev = list; }\n"
      "static inline void link(struct list *list, unsigned long next) {\n"
      "  list->next = (struct list *)next; list->next->prev = list; }\n"
      "static inline void self(struct list *list) {\n"
      "  list->next = list; list->next->prev = list; }\n"
      "static inline struct list *local(struct list *list) {\n"
      "  struct list *first = list; struct list **place = &first;\n"
      "  *place = list->next; return first->next; }\n");
  EXPECT_EQ(arguments("init"), "m 0 16 0 0");
  EXPECT_EQ(arguments("link"), "call");
  EXPECT_EQ(arguments("self"), "m 0 16 1 0 m 8 16 0 0 0");
  EXPECT_EQ(arguments("local"), "m 0 8 1 0 m 0 8 0 0 0");
}

TEST_F(PureInlinesTest, KeepsVolatileAccesses) {
  translate_text(
      "static inline int read(const int *p) { return *(const volatile int *)p; }\n"
      "static inline void write(int *p, int v) { *(volatile int *)p = v; }\n"
      "static inline int both(int *p, int v) { return *(volatile int *)p = v; }\n"
      "static inline void add(volatile int *p) { *p += 1; }\n");
  EXPECT_TRUE(text_.contains("{ return (*((const volatile int *)p)); }")) << text_;
  EXPECT_TRUE(text_.contains("{ ((*((volatile int *)p)) = v); }")) << text_;
  EXPECT_EQ(arguments("both"), "call");
  EXPECT_EQ(arguments("add"), "call");
}

TEST_F(PureInlinesTest, LeavesOthersCalls) {
  translate_text(
      "extern int count;\nint get(void);\nstruct pair { int a, b; };\n"
      "static inline int variable(void) { return count; }\n"
      "static inline int call(void) { return get(); }\n"
      "static inline int call_of_call(void) { return call(); }\n"
      "static inline struct pair record(int a) { struct pair p = {a, a}; return p; }\n"
      "static inline void code(void) { __asm__(\"nop\"); }\n"
      "static inline int loop(int n) { int s = 0; while (n--) s += n; return s; }\n"
      "static inline void jump(int *n) { if (*n) goto out; ++*n; out: return; }\n"
      "static inline int divide(int a, int b) { return a / b; }\n"
      "static inline int unknown(unsigned long p) { return *(int *)p; }\n"
      "static inline int falls(int a) { if (a) return 1; }\n"
      "static inline long difference(long *a, long *b) { return a - b; }\n"
      "static inline int far(int *p, int i) { return p[i - 1]; }\n"
      "static inline int section(int a) __attribute__((section(\".other\")));\n"
      "static inline int section(int a) { return a; }\n"
      "static inline int half(int a) { return a / 2; }\n");
  EXPECT_EQ(translation_.pure.size(), 1U) << text_;
  EXPECT_EQ(arguments("half"), "v");
  EXPECT_EQ(stays("a variable of the kernel"), 1U);
  EXPECT_EQ(stays("a call of another function"), 2U);
  EXPECT_EQ(stays("a record or another type that is no number or pointer"), 1U);
  EXPECT_EQ(stays("assembler"), 1U);
  EXPECT_EQ(stays("a loop or a jump"), 2U);
  EXPECT_EQ(stays("no test can prepare its arguments"), 4U);
  EXPECT_EQ(stays("another reason"), 2U);
  EXPECT_TRUE(text_.contains("int divide(int a, int b) __asm__(\"__kmod_call_divide\");\n"));
}

TEST_F(PureInlinesTest, TakesNoMacroForAFunction) {
  translate_text(
      "int arch_size(void);\n"
      "static inline int size(void) { return 0; }\n"
      "#define size arch_size\n"
      "static inline int width(void) { return 1; }\n"
      "#define width width\n");
  EXPECT_EQ(arguments("size"), "call");
  EXPECT_EQ(arguments("width"), "");
  EXPECT_EQ(stays("a macro has its name"), 1U);
}

TEST_F(PureInlinesTest, NeedsItsTypesInEveryOrder) {
  // If a.h is included first, b.h is read before the structure is complete.
  write("include/linux/b.h",
        "#ifndef B\n#define B\n#include <linux/a.h>\n"
        "static inline int get(const struct a *a) { return a->value; }\n"
        "static inline int get_twice(const struct a *a) { return 2 * get(a); }\n"
        "static inline int other(int value) { return value; }\n#endif\n");
  write("include/linux/a.h",
        "#ifndef A\n#define A\n#include <linux/b.h>\nstruct a { int value; };\n#endif\n");
  translate_text("#include <linux/b.h>\n");
  EXPECT_EQ(arguments("get"), "call");
  EXPECT_EQ(arguments("get_twice"), "call");
  EXPECT_EQ(arguments("other"), "v");
  EXPECT_EQ(stays("what it needs can come later"), 2U);
  const std::string& text = translation_.headers["linux/b.h"];
  EXPECT_TRUE(text.contains("int get(const struct a *a) __asm__(\"__kmod_call_get\");\n#line"))
      << text;
}

TEST_F(PureInlinesTest, DropsWhatIsNoCxx) {
  translate_text(
      "static inline int first(int value) { return value; }\n"
      "static inline int second(int value) { return value; }\n");
  ASSERT_EQ(translation_.pure.size(), 2U);
  const std::string place = translation_.pure["second"].place;
  EXPECT_TRUE(place.ends_with("include/linux/one.h:2")) << place;
  const auto lines = lines_with_errors("In file included from a.cc:1:\n" + place +
                                       ":3: error: no such type\nb.h:1:2: note: other\n");
  ASSERT_EQ(lines, std::set<std::string>{place});
  drop_pure(lines, translation_);
  EXPECT_EQ(arguments("first"), "v");
  EXPECT_EQ(arguments("second"), "call");
  EXPECT_EQ(stays("C++ cannot compile it"), 1U);
  const std::string& text = translation_.headers["linux/one.h"];
  EXPECT_TRUE(text.contains("#if 1\nint second(int value) __asm__")) << text;
  EXPECT_TRUE(text.contains("#if __STDC_HOSTED__\nint first(int value) __asm__")) << text;
}

}  // namespace
}  // namespace kmod::headers
