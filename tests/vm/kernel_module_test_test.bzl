# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of how tests on several kernels are named, and of the order in which modules are loaded."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:module_deps.bzl", "check_module_deps", "load_order", "transitive_modules")
load("//kmod_rules/private/vm:kernel_module_test.bzl", "kernel_suffix", "test_names")
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
        test_names("t", ["@a//:kernel", "//kernels:lts"]),
    )
    told = recorder()
    test_names("t", [], fail = told.fail)
    asserts.true(env, told.messages[0].startswith("t: kernels is empty."), told.messages[0])
    told = recorder()
    test_names("t", ["@a//:kernel", "//b:a"], fail = told.fail)
    asserts.equals(env, ["t: kernels holds @a//:kernel and //b:a, whose tests would both be named t_a. Remove one, or give the kernels targets with different names."], told.messages)
    return unittest.end(env)

names_test = unittest.make(_names_test_impl)

def _module(name, uses = []):
    return struct(
        dependencies = transitive_modules(uses),
        label = "//:" + name,
        module_name = name,
    )

def _order_test_impl(ctx):
    env = unittest.begin(ctx)
    bus = _module("bus")
    clock = _module("clock")
    driver = _module("driver", [bus, clock])
    top = _module("top", [driver])
    standalone = _module("standalone")
    for given, expected in [
        ([standalone, bus], ["standalone", "bus"]),
        ([bus, standalone], ["bus", "standalone"]),
        ([driver], ["bus", "clock", "driver"]),
        ([top, standalone, bus], ["bus", "clock", "driver", "top", "standalone"]),
        ([standalone, top, driver], ["standalone", "bus", "clock", "driver", "top"]),
    ]:
        asserts.equals(env, expected, [module.module_name for module in load_order(given)])
    return unittest.end(env)

order_test = unittest.make(_order_test_impl)

def _no_deps_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, [], check_module_deps([], None, "//x"))
    return unittest.end(env)

no_deps_test = unittest.make(_no_deps_test_impl)

def kernel_module_test_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, suffix_test, names_test, order_test, no_deps_test)
