# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""VM tests whose initramfs cannot be built, each with the test that expects its error."""

load("//kmod_rules:defs.bzl", "kernel_module_test")
load("//tests/module/failures:action_failure_test.bzl", "action_failure_test")

def unbuildable_test(name, expected, **kwargs):
    """Declares a `kernel_module_test`, which is manual, and the test that expects the error of its initramfs.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (list[string]) texts of the error, in this order. The first one follows the target's label.
      **kwargs: attributes of the `kernel_module_test`.
    """
    kernel_module_test(name = name, tags = ["manual"], **kwargs)
    action_failure_test(
        name = name + "_test",
        size = "small",
        expected = ["//{}:{}: {}".format(native.package_name(), name, expected[0])] + expected[1:],
        mnemonic = "Initramfs",
        target = ":" + name,
    )
