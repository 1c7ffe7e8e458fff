# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Unit tests in C++, one file each."""

load("@rules_cc//cc:defs.bzl", "cc_test")

def unit_tests(srcs, deps, **kwargs):
    """Declares a small GoogleTest for each file; the test has the file's name.

    Args:
      srcs: (list[string]) the files, such as `glob(["*_test.cc"])`.
      deps: (list[string]) the dependencies of each test, in addition to GoogleTest.
      **kwargs: further attributes of every `cc_test`.
    """
    for source in srcs:
        cc_test(
            name = source[:-len(".cc")],
            size = "small",
            srcs = [source],
            deps = deps + ["@kmod_googletest//:gtest_main"],
            **kwargs
        )
