# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of how flags for exceptions are found."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:check_exceptions.bzl", "forbidden_switch")

def _last_one_counts_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, None, forbidden_switch([]))
    asserts.equals(env, None, forbidden_switch(["-fno-exceptions", "-fno-rtti", "-fexceptions-not"]))
    asserts.equals(env, "-fexceptions", forbidden_switch(["-fno-exceptions", "-fexceptions"]))
    asserts.equals(env, None, forbidden_switch(["-fexceptions", "-fno-exceptions"]))
    asserts.equals(env, "-fcxx-exceptions", forbidden_switch(["-O2", "-fcxx-exceptions"]))
    asserts.equals(env, "-frtti", forbidden_switch(["-fno-exceptions", "-frtti"]))
    asserts.equals(env, "-flto", forbidden_switch(["-flto"]))
    asserts.equals(env, None, forbidden_switch(["-flto", "-fno-lto"]))
    asserts.equals(env, "-flto=thin", forbidden_switch(["-flto=thin"]))
    asserts.equals(env, "-march=native", forbidden_switch(["-march=native", "-march=x86-64"]))
    asserts.equals(env, "-mred-zone", forbidden_switch(["-mno-red-zone", "-mred-zone"]))
    asserts.equals(env, None, forbidden_switch(["-mno-red-zone", "-march=x86-64-v2"]))
    return unittest.end(env)

last_one_counts_test = unittest.make(_last_one_counts_test_impl)

def check_exceptions_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, last_one_counts_test)
