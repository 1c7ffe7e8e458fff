# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of labels and repository names as people write them."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/base:label_text.bzl", "canonical_roots", "label_text", "repository_of", "repository_text", "sibling")

def _repository_text_test_impl(ctx):
    env = unittest.begin(ctx)
    for canonical, expected in {
        "": "",
        "_main~kmod~debian12_amd64": "debian12_amd64",
        "debian12_amd64": "debian12_amd64",
        "+kmod+debian12_amd64": "debian12_amd64",
        "rules_kmod+": "rules_kmod",
        "rules_kmod++kmod+debian12_amd64": "debian12_amd64",
        "rules_kmod~": "rules_kmod",
        "rules_kmod~1.0": "rules_kmod",
        "rules_kmod~1.0~kmod~kmod_clang": "kmod_clang",
    }.items():
        asserts.equals(env, expected, repository_text(canonical))
    return unittest.end(env)

repository_text_test = unittest.make(_repository_text_test_impl)

def _label_text_test_impl(ctx):
    env = unittest.begin(ctx)
    clang = Label("@kmod_clang//:root")
    asserts.equals(env, "//hello:hello_ko", label_text(Label("//hello:hello_ko")))
    asserts.equals(env, "@kmod_clang//:root", label_text(clang))
    asserts.equals(env, "kmod_clang", repository_of(clang))
    asserts.equals(env, "@kmod_clang//:demangler", label_text(sibling(clang, "demangler")))
    asserts.equals(env, "//a:b", label_text("//a:b"))

    # Only a MODULE.bazel gives canonical names.
    if clang.workspace_root == "external/kmod_clang":
        asserts.equals(env, {}, canonical_roots([clang, Label("//hello:hello_ko")]))
    else:
        asserts.equals(env, {clang.workspace_root: "external/kmod_clang"}, canonical_roots([clang, Label("//hello:hello_ko")]))
    return unittest.end(env)

label_text_test = unittest.make(_label_text_test_impl)

def label_text_test_suite(name):
    """Declares the tests.

    Args:
      name: (string) the name of the test suite.
    """
    unittest.suite(name, repository_text_test, label_text_test)
