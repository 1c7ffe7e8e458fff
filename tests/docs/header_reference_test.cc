// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/header_reference.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::reference {
namespace {

constexpr const char* kTop = R"(// SPDX
//
// What it is for:
//
//   call();
//
// Context: any.
#ifndef A_H_
#define A_H_

#include <b>

namespace kmod {

)";

std::string section(const std::string& declarations) {
  const auto text = header_section(
      "a.h", "kmod/a.h", kTop + declarations + "\n}  // namespace kmod\n\n#endif  // A_H_\n");
  return text ? *text : text.error();
}

TEST(HeaderSectionTest, ShowsDeclarationsWithoutBodies) {
  EXPECT_EQ(section(R"(// Adds.
inline int add(int a,
               int b) {
  return a + b;
}

// A class.
class C {
 public:
  // A member.
  int f() const {
    return 1;
  }

 private:
  int x_;
};

// A macro.
#define M(x) \
  do {       \
  } while (x)

// Internal: not shown.
inline int hidden();
)"),
            R"(## kmod/a.h

What it is for:

    call();

Context: any.

    inline int add(int a,
                   int b);

Adds.

    class C {
     public:
      // A member.
      int f() const;

    };

A class.

    #define M(x)

A macro.

)");
}

TEST(HeaderSectionTest, LeavesOutAnInternalHeader) {
  EXPECT_EQ(header_section("a.h", "kmod/a.h", "// SPDX\n//\n// Internal: for b.h.\n\nint x;\n")
                .value_or("error"),
            "");
}

TEST(HeaderSectionTest, Errors) {
  EXPECT_EQ(section("int bare();\n"),
            "a.h:15: \"int bare();\" has no comment above it. Say what it is for, or begin the "
            "comment with "
            "\"Internal:\" to keep it out of the reference.");
  EXPECT_EQ(header_section("a.h", "kmod/a.h", "// SPDX\n#ifndef A_H_\n").error(),
            "a.h:1: the header has no comment at its top that says what it is for");
}

}  // namespace
}  // namespace kmod::reference
