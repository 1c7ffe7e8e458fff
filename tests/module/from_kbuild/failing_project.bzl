# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Projects whose build fails on purpose, each with the test that expects its error."""

load("//kmod_rules:defs.bzl", "kernel_module_from_kbuild")
load("//tests/module/failures:action_failure_test.bzl", "action_failure_test")

def failing_project(name, expected, **kwargs):
    """Declares a `kernel_module_from_kbuild`, which is manual, and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (list[string]) texts of the error, in this order.
      **kwargs: attributes of the project.
    """
    kernel_module_from_kbuild(name = name, tags = ["manual"], **kwargs)
    action_failure_test(
        name = name + "_test",
        size = "small",
        expected = ["//{}:{}: ".format(native.package_name(), name)] + expected,
        mnemonic = "Kbuild",
        target = ":" + name,
    )
