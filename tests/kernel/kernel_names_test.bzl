# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of how the targets of several kernels are named."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_names.bzl", "kernel_suffix", "names_of_kernels")
load("//tests:recorder.bzl", "recorder")

def _suffix_test_impl(ctx):
    env = unittest.begin(ctx)
    for kernel, suffix in {
        "//kernels:mainline": "mainline",
        "//kernels/mainline": "mainline",
        "@@debian12_amd64//:kernel": "debian12_amd64",
        "@debian12_amd64//:kernel": "debian12_amd64",
        "@ours//kernels:lts": "lts",
        ":kernel": "kernel",
    }.items():
        asserts.equals(env, suffix, kernel_suffix(kernel), kernel)
    return unittest.end(env)

suffix_test = unittest.make(_suffix_test_impl)

def _names_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        {"t_a": "@a//:kernel", "t_lts": "//kernels:lts"},
        names_of_kernels("t", ["@a//:kernel", "//kernels:lts"]),
    )
    told = recorder()
    names_of_kernels("t", [], fail = told.fail)
    asserts.true(env, told.messages[0].startswith("t: kernels is empty."), told.messages[0])
    told = recorder()
    names_of_kernels("t", ["@a//:kernel", "//b:a"], fail = told.fail)
    asserts.equals(env, ["t: kernels holds @a//:kernel and //b:a, whose targets would both be named t_a. Remove one, or give the kernels targets with different names."], told.messages)
    return unittest.end(env)

names_test = unittest.make(_names_test_impl)

def kernel_names_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, suffix_test, names_test)
