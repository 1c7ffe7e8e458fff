# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A kernel_module_test that must fail, and the test that it does."""

load("//kmod_rules:defs.bzl", "kernel_module_test")
load(":verdict_test.bzl", "verdict_test")

# Attributes of verdict_test; all others are the VM test's.
_EXPECTATIONS = [
    "absent_texts",
    "cases",
    "full_disk",
    "kill_qemu_at",
    "test_args",
    "test_env",
    "texts",
]

def check_fault(name, verdict, fail = fail):
    """Refuses what would be no fault.

    Args:
      name: (string) the fault's.
      verdict: (string) what its test asks for.
      fail: the function that is told of an error; a test passes its own.
    """
    if verdict == "pass":
        fail("{}: the verdict of a fault cannot be \"pass\". Use verdict_test for what passes.".format(name))

def fault_test(name, verdict, within_ms, size = "small", **kwargs):
    """Declares a fault and its test.

    `NAME` is the kernel_module_test, manual because it fails on purpose, and `NAME_test` runs it.

    Args:
      name: the fault.
      verdict: the verdict that it has to have, which cannot be "pass".
      within_ms: the most that it may take, as in verdict_test.
      size: of both tests.
      **kwargs: attributes of verdict_test and of kernel_module_test.
    """
    check_fault(name, verdict)
    kernel_module_test(
        name = name,
        size = size,
        tags = ["manual"],
        **{key: value for key, value in kwargs.items() if key not in _EXPECTATIONS}
    )
    verdict_test(
        name = name + "_test",
        size = size,
        test = ":" + name,
        verdict = verdict,
        within_ms = within_ms,
        **{key: value for key, value in kwargs.items() if key in _EXPECTATIONS}
    )
