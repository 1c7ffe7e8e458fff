// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/rule_reference.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"

namespace kmod::reference {
namespace {

// A small workspace; a test replaces a file to seed an error.
std::map<std::string, std::string> good() {
  return {
      {"defs.bzl", R"bzl("""The rules."""
load("//kmod_rules:rule.bzl", _macro = "macro", _thing = "thing")
load("//kmod_rules:providers.bzl", _ThingInfo = "ThingInfo")
ThingInfo = _ThingInfo
thing = _thing
macro = _macro
)bzl"},
      {"providers.bzl",
       R"bzl(ThingInfo = provider(doc = "A thing.", fields = {"size": "(int) How large."})
)bzl"},
      {"rule.bzl", R"bzl(load(":common.bzl", "COMMON")
_DOC = "Makes a " + "thing."
thing = rule(
    attrs = dicts.add(COMMON, {
        "kind": attr.string(default = "a|b", doc = "Which."),
        "srcs": attr.label_list(mandatory = True, doc = "What from."),
        "_tool": attr.label(),
    }),
    doc = _DOC,
)

def macro(name, size = 1, fail = fail, **kwargs):
    """Makes two things.

    Args:
      name: the name.
      size: how large,
        in bytes.
      fail: for tests.
      **kwargs: of all rules.

    Returns:
      nothing.
    """
    pass
)bzl"},
      {"common.bzl",
       "COMMON = {\"kind\": attr.int(doc = \"Old.\"), \"cpus\": attr.int(doc = \"How many.\")}\n"},
      {"repositories.bzl",
       "\"\"\"For a WORKSPACE.\"\"\"\n\ndef setup():\n    \"\"\"Declares all.\"\"\"\n"},
      {"BUILD.bazel", R"bzl(package()

# Which kernel.
label_flag(name = "kernel", build_setting_default = ":a")

# Prints it.
alias(name = "show", actual = ":x")
)bzl"},
  };
}

std::string reference(const std::map<std::string, std::string>& files) {
  auto directory = base::TemporaryDirectory::create("rule_reference_test");
  if (!directory) return directory.error();
  EXPECT_TRUE(base::make_directories(directory->path() + "/kmod_rules"));
  for (const auto& [name, text] : files) {
    EXPECT_TRUE(base::write_file(directory->path() + "/kmod_rules/" + name, text));
  }
  const auto page = rule_reference(directory->path());
  return page ? *page : page.error();
}

// The error after a text of one file is replaced.
std::string error_with(const std::string& name, const std::string& from, const std::string& to) {
  auto files = good();
  std::string& text = files[name];
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return reference(files);
}

TEST(RuleReferenceTest, WritesEverythingThatIsExported) {
  EXPECT_EQ(
      reference(good()),
      R"(<!-- Written by `bazel run //docs:update_reference` from the docstrings. Do not edit. -->

# Rules, providers, flags and programs

## Rules and providers

    load("@rules_kmod//kmod_rules:defs.bzl", …)

### ThingInfo

A thing.

| field | |
|---|---|
| `size` | (int) How large. |

### thing

Makes a thing.

| attribute | type | default | |
|---|---|---|---|
| `name` | string | required | The target's name. |
| `kind` | string | `"a\|b"` | Which. |
| `cpus` | int | `0` | How many. |
| `srcs` | list of labels | required | What from. |

### macro

Makes two things.

| parameter | default | |
|---|---|---|
| `name` | required | the name. |
| `size` | `1` | how large, in bytes. |
| `**kwargs` |  | of all rules. |

## For a WORKSPACE

    load("@rules_kmod//kmod_rules:repositories.bzl", …)

### setup

Declares all.

## Flags

| flag | default | |
|---|---|---|
| `--@rules_kmod//kmod_rules:kernel` | `:a` | Which kernel. |

## Programs

| command | |
|---|---|
| `bazel run @rules_kmod//kmod_rules:show` | Prints it. |
)");
}

TEST(RuleReferenceTest, NamesWhatHasNoDocumentation) {
  EXPECT_EQ(error_with("rule.bzl", "default = \"a|b\", doc = \"Which.\"", "default = \"a\""),
            "kmod_rules/rule.bzl:5: the attribute kind of thing has no doc");
  EXPECT_EQ(error_with("rule.bzl", "doc = _DOC,", ""), "kmod_rules/rule.bzl:3: thing has no doc");
  EXPECT_EQ(error_with("rule.bzl", "      size: how large,\n        in bytes.\n", ""),
            "kmod_rules/rule.bzl:12: the docstring of macro does not describe size in Args");
  EXPECT_EQ(error_with("repositories.bzl", "\"\"\"Declares all.\"\"\"", "pass"),
            "kmod_rules/repositories.bzl:3: setup has no docstring");
  EXPECT_EQ(error_with("providers.bzl", ", fields = {\"size\": \"(int) How large.\"}", ""),
            "kmod_rules/providers.bzl:1: ThingInfo has no documented fields");
  EXPECT_EQ(error_with("BUILD.bazel", "# Prints it.", ""),
            "kmod_rules/BUILD.bazel:7: show has no comment above it");
  EXPECT_EQ(error_with("defs.bzl", "\"\"\"The rules.\"\"\"", ""),
            "kmod_rules/defs.bzl:1: the file has no docstring");
}

TEST(RuleReferenceTest, RefusesWhatItCannotRead) {
  EXPECT_EQ(error_with("rule.bzl", "attr.string(default", "own_attribute(default"),
            "kmod_rules/rule.bzl:5: the attribute kind of thing is of a kind that the reference "
            "does not know: "
            "own_attribute(default = \"a|b\", doc = \"Which.\")");
  EXPECT_EQ(error_with("rule.bzl", "dicts.add(", "merge("),
            "kmod_rules/rule.bzl:4: merge(COMMON, { \"kind\": attr.string(default = \"a|b\", doc = "
            "\"Which.\"), "
            "\"srcs\": attr.label_list(mandatory = True, doc = \"What from.\"), \"_tool\": "
            "attr.label(), }) is neither "
            "a dictionary nor dicts.add() of some");
  EXPECT_EQ(
      error_with("rule.bzl", "\"Makes a \" + \"thing.\"", "make_text()"),
      "kmod_rules/rule.bzl:2: the text make_text() is computed. Write documentation as a literal.");
  EXPECT_EQ(error_with("defs.bzl", "thing = _thing", "thing = [1]"),
            "kmod_rules/defs.bzl:5: thing is not a rule, a provider or a function");
  EXPECT_EQ(error_with("defs.bzl", "_thing = \"thing\"", "_thing = \"things\""),
            "kmod_rules/rule.bzl:1: things is not defined or loaded here");
}

}  // namespace
}  // namespace kmod::reference
