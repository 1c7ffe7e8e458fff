# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of how the platform of a kernel is found."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "platform_of")

def _platform_test_impl(ctx):
    env = unittest.begin(ctx)
    for kernel, platform in {
        "//tests/vm_faults/kernels/truncated:kernel": "//tests/vm_faults/kernels/truncated:platform",
        "@debian12_amd64//:kernel": "@debian12_amd64_toolchain//:platform",
    }.items():
        asserts.equals(env, Label(platform), platform_of(Label(kernel)))
    return unittest.end(env)

platform_test = unittest.make(_platform_test_impl)

def kernel_transition_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, platform_test)
