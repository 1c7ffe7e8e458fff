# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Targets whose analysis fails on purpose, each with the test that expects it.

The targets are manual, because a build of all targets would fail by them.
"""

load("//kmod_rules:defs.bzl", "kernel_c_library", "kernel_module", "kernel_module_test", "kernel_vm")
load(":analysis_failure_test.bzl", "analysis_failure_test", "in_kernel_analysis_failure_test")

def _expect(test, name, expected):
    test(
        name = name + "_test",
        size = "small",
        expected = ["//tests/module/analysis:{}: {}".format(name, expected)],
        target_under_test = ":" + name,
    )

def refused_module(name, expected, **kwargs):
    """Declares a `kernel_module` and the test that expects its error.

    Args:
      name: (string) the module's target; the test is NAME_test.
      expected: (string) what the error says behind the target's label.
      **kwargs: attributes of the module.
    """
    kernel_module(name = name, tags = ["manual"], **kwargs)
    _expect(analysis_failure_test, name, expected)

def refused_module_test(name, expected, **kwargs):
    """Declares a `kernel_module_test` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) what the error says behind the target's label.
      **kwargs: attributes of the target.
    """
    kernel_module_test(name = name, tags = ["manual"], **kwargs)
    _expect(analysis_failure_test, name, expected)

def refused_vm(name, expected, **kwargs):
    """Declares a `kernel_vm` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) what the error says behind the target's label.
      **kwargs: attributes of the target.
    """
    kernel_vm(name = name, tags = ["manual"], **kwargs)
    _expect(analysis_failure_test, name, expected)

def refused_c_library(name, expected, **kwargs):
    """Declares a `kernel_c_library` and the test that expects its error, in a kernel's configuration.

    Args:
      name: (string) the library's target; the test is NAME_test.
      expected: (string) what the error says behind the target's label.
      **kwargs: attributes of the library.
    """
    kernel_c_library(name = name, tags = ["manual"], **kwargs)
    _expect(in_kernel_analysis_failure_test, name, expected)
