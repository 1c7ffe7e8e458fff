# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A kernel_module_test that must fail, and the test that checks how it fails."""

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
    """Refuses the verdict "pass", which is not a fault.

    Args:
      name: (string) the fault's name.
      verdict: (string) the verdict that its test expects.
      fail: the function that reports an error; a test passes its own.
    """
    if verdict == "pass":
        fail("{}: the verdict of a fault cannot be \"pass\". Use verdict_test for a test that passes.".format(name))

def fault_test(name, verdict, within_ms, size = "small", manual = False, **kwargs):
    """Declares a fault and its test.

    `NAME` is the kernel_module_test, manual because it fails on purpose, and `NAME_test` runs it.

    Args:
      name: (string) the fault's name.
      verdict: (string) the verdict that it must end with, which cannot be "pass".
      within_ms: (int) the longest time allowed, as in verdict_test.
      size: (string) of both tests.
      manual: (bool) whether `//...` leaves out the test that checks the fault.
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
        tags = ["manual"] if manual else [],
        **{key: value for key, value in kwargs.items() if key in _EXPECTATIONS}
    )

def fault_tests(name, faults, manual = False):
    """Declares faults and their tests from a table.

    Args:
      name: (string) the test suite of all of them.
      faults: (dict) the attributes of each `fault_test`, by its name.
      manual: (bool) whether `//...` leaves out the tests.
    """
    for fault, attributes in faults.items():
        fault_test(name = fault, manual = manual, **attributes)
    native.test_suite(
        name = name,
        tags = ["manual"] if manual else [],
        tests = [fault + "_test" for fault in faults],
    )
