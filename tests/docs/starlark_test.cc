// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/starlark.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::reference {
namespace {

StarlarkFile parse(std::string_view text) {
  auto file = parse_starlark("f.bzl", text);
  EXPECT_TRUE(file.has_value()) << file.error();
  return file.value_or(StarlarkFile());
}

std::string error_of(std::string_view text) {
  const auto file = parse_starlark("f.bzl", text);
  return file ? "ok" : file.error();
}

TEST(StarlarkTest, ReadsWhatDeclaresRules) {
  const StarlarkFile file = parse(R"bzl(# SPDX
"""What the file is for."""

load("//a:b.bzl", "one", _two = "two")

_X = [1, 2]  # a comment behind

# Above a call.
# Two lines.
alias(name = "x", actual = ":y")

def f(ctx, a = "b" + "c", *args, **kwargs):
    """Does it.

    Args:
      ctx: (ctx)
    """
    if ctx:
        return [x for x in ctx]
    return None

r = rule(
    attrs = dicts.add(A, {
        "k": attr.int(default = -1, doc = "One "
                                         + "two"),
    }),
    implementation = _impl,
)
)bzl");
  EXPECT_EQ(file.doc, "What the file is for.");
  EXPECT_EQ(file.loads.at("one"), (std::pair<std::string, std::string>("//a:b.bzl", "one")));
  EXPECT_EQ(file.loads.at("_two"), (std::pair<std::string, std::string>("//a:b.bzl", "two")));
  EXPECT_EQ(file.constant_order, (std::vector<std::string>{"_X", "r"}));
  EXPECT_EQ(file.constants.at("_X").items.size(), 2);
  ASSERT_EQ(file.calls.size(), 1);
  EXPECT_EQ(file.calls[0].comment, "Above a call.\nTwo lines.\n");
  EXPECT_EQ(file.calls[0].expression.keyword("actual")->text, ":y");

  const Function& function = file.functions.at("f");
  ASSERT_EQ(function.parameters.size(), 4);
  EXPECT_EQ(function.parameters[1].default_value, R"("b" + "c")");
  EXPECT_EQ(function.parameters[3].name, "**kwargs");
  EXPECT_TRUE(function.doc.starts_with("Does it.\n"));

  const Expression& rule = file.constants.at("r");
  EXPECT_EQ(rule.items[0].text, "rule");
  const Expression& merged = *rule.keyword("attrs");
  EXPECT_EQ(merged.items[0].source, "dicts.add");
  const Expression& attribute = merged.items[2].items[1];
  EXPECT_EQ(attribute.items[0].text, "int");
  EXPECT_EQ(attribute.keyword("default")->source, "-1");
}

TEST(StarlarkTest, PassesOverComprehensionsAndConditions) {
  const StarlarkFile file = parse(
      "a = [x for x in [1, 2] if x]\nb = {k: v for k, v in a}\nc = 1 if a else 2\nd = (1,)\ne = "
      "(1)\n");
  EXPECT_EQ(file.constants.at("a").kind, Expression::Kind::kOther);
  EXPECT_EQ(file.constants.at("b").kind, Expression::Kind::kOther);
  EXPECT_EQ(file.constants.at("c").kind, Expression::Kind::kOther);
  EXPECT_EQ(file.constants.at("d").kind, Expression::Kind::kList);
  EXPECT_EQ(file.constants.at("e").kind, Expression::Kind::kNumber);
}

TEST(StarlarkTest, NamesTheLineOfAnError) {
  EXPECT_EQ(error_of("a = 1\nb = \"x\n"), "f.bzl:2: a string has no end");
  EXPECT_EQ(error_of("a = $\n"), "f.bzl:1: '$' is not a Starlark operator");
  EXPECT_EQ(error_of("\n\n1 + 2\n"),
            "f.bzl:3: \"1\" begins a statement, and the reference reads only loads, constants, "
            "functions and calls");
  EXPECT_EQ(error_of("a = f(1 2)\n"),
            "f.bzl:1: an argument has no comma after it, and the reference reads only loads, "
            "constants, functions and calls");
}

}  // namespace
}  // namespace kmod::reference
