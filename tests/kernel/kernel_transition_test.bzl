# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of how the platform of a kernel is found."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "platform_of")
load("//tests:recorder.bzl", "recorder")

def _platform_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        "@debian12_amd64_toolchain//:platform",
        platform_of(Label("@debian12_amd64//:kernel")),
    )
    return unittest.end(env)

platform_test = unittest.make(_platform_test_impl)

def _no_platform_test_impl(ctx):
    env = unittest.begin(ctx)
    for label in ["//kmod_rules:kernel", "@debian12_amd64//:image", "@debian12_amd64//below:kernel"]:
        told = recorder()
        asserts.equals(env, None, platform_of(Label(label), fail = told.fail))
        asserts.equals(env, 1, len(told.messages), label)
        asserts.true(env, "is not a kernel that has a C++ toolchain. Name the target `kernel` of a repository" in told.messages[0], told.messages[0])
    return unittest.end(env)

no_platform_test = unittest.make(_no_platform_test_impl)

def kernel_transition_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, platform_test, no_platform_test)
