# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the order in which modules are loaded."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:module_deps.bzl", "check_module_deps", "load_order", "transitive_modules")

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
    unittest.suite(name, order_test, no_deps_test)
