# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the verdicts that fault_test refuses."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//tests:recorder.bzl", "recorder")
load(":fault_test.bzl", "check_fault")

def _pass_test_impl(ctx):
    env = unittest.begin(ctx)
    told = recorder()
    check_fault("x", "panic", fail = told.fail)
    asserts.equals(env, [], told.messages)
    check_fault("x", "pass", fail = told.fail)
    asserts.equals(env, ["x: the verdict of a fault cannot be \"pass\". Use verdict_test for a test that passes."], told.messages)
    return unittest.end(env)

pass_test = unittest.make(_pass_test_impl)

def fault_test_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, pass_test)
