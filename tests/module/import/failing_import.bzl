# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Imports that fail on purpose, each with the test that expects its error."""

load("//kmod_rules:defs.bzl", "kernel_module_import")
load("//tests/module/failures:action_failure_test.bzl", "action_failure_test")

def failing_import(name, expected, **kwargs):
    """Declares a `kernel_module_import`, which is manual, and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (list[string]) texts of the error, in this order.
      **kwargs: attributes of the import.
    """
    kernel_module_import(name = name, tags = ["manual"], **kwargs)
    action_failure_test(
        name = name + "_test",
        size = "small",
        expected = ["//{}:{}: ".format(native.package_name(), name)] + expected,
        mnemonic = "ImportModule",
        target = ":" + name,
    )
