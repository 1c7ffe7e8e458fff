# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of conditions on a kernel's configuration."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_config_setting.bzl", "check_values", "has_values")
load("//tests:recorder.bzl", "recorder")

_OPTIONS = {
    "CONFIG_CRC32": "m",
    "CONFIG_HZ": "250",
    "CONFIG_NUMA": "y",
}

def _has_values_test_impl(ctx):
    env = unittest.begin(ctx)
    for values in [
        {"CONFIG_NUMA": ["y"]},
        {"CONFIG_CRC32": ["y", "m"], "CONFIG_HZ": ["250"]},
        {"CONFIG_PREEMPT_RT": ["n"]},
    ]:
        asserts.true(env, has_values(_OPTIONS, values), str(values))
    for values in [
        {"CONFIG_NUMA": ["m"]},
        {"CONFIG_NUMA": ["n"]},
        {"CONFIG_CRC32": ["y", "m"], "CONFIG_HZ": ["1000"]},
        {"CONFIG_PREEMPT_RT": ["y"]},
    ]:
        asserts.false(env, has_values(_OPTIONS, values), str(values))
    return unittest.end(env)

has_values_test = unittest.make(_has_values_test_impl)

def _check_values_test_impl(ctx):
    env = unittest.begin(ctx)
    for values, expected in [
        ({}, "//x: values is empty. Give options of the kernel's configuration, such as {\"CONFIG_NUMA\": \"y\"}."),
        ({"NUMA": ["y"]}, "//x: values has \"NUMA\", which is not an option of a kernel's configuration. Write \"CONFIG_NUMA\"."),
        ({"CONFIG_NUMA": []}, "//x: values has no value for CONFIG_NUMA. Write for example {\"CONFIG_NUMA\": \"y\"}, or \"n\" for an option that is not set."),
    ]:
        told = recorder()
        check_values(values, "//x", fail = told.fail)
        asserts.equals(env, [expected], told.messages)
    told = recorder()
    check_values({"CONFIG_NUMA": ["y"]}, "//x", fail = told.fail)
    asserts.equals(env, [], told.messages)
    return unittest.end(env)

check_values_test = unittest.make(_check_values_test_impl)

def kernel_config_setting_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the name of the suite.
    """
    unittest.suite(name, check_values_test, has_values_test)
