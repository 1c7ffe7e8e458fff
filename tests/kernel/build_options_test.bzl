# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of which options of a whole build reach code for a kernel."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:build_options.bzl", "kept_options")

def _kept_options_test_impl(ctx):
    env = unittest.begin(ctx)
    kept = ["-DDEBUG=1", "-UDEBUG", "-Wno-unused", "-Werror", "-w", "-fdiagnostics-color=always"]
    asserts.equals(env, kept, kept_options(kept))
    for option in ["-std=c++17", "-fPIC", "-fsanitize=address", "-O0", "-g0", "-march=native", "-Wa,--noexecstack", "-Wp,-DA", "-flto", "--coverage", ""]:
        asserts.equals(env, [], kept_options([option]), option)
    return unittest.end(env)

kept_options_test = unittest.make(_kept_options_test_impl)

def build_options_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, kept_options_test)
