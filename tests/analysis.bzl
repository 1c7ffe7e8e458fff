# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Targets whose analysis fails on purpose, each with the test that expects its error.

The targets are manual, because they would fail a build of all targets.
"""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("//kmod_rules:defs.bzl", "kernel_c_library", "kernel_config_header", "kernel_module", "kernel_module_from_kbuild", "kernel_module_test", "kernel_rust_library", "kernel_vm", "stock_module")
load("//kmod_rules/private/module/set:module_archive.bzl", "module_archive")

def _analysis_failure_test_impl(ctx):
    env = analysistest.begin(ctx)
    asserts.expect_failure(env, ctx.attr.expected)
    return analysistest.end(env)

_ATTRS = {
    "expected": attr.string(
        doc = "The text that the error must contain.",
        mandatory = True,
    ),
}

_analysis_failure_test = analysistest.make(
    _analysis_failure_test_impl,
    attrs = _ATTRS,
    expect_failure = True,
)

# For rules that do their work only in a kernel's configuration.
_in_kernel_analysis_failure_test = analysistest.make(
    _analysis_failure_test_impl,
    attrs = _ATTRS,
    config_settings = {"//command_line_option:platforms": str(Label("@debian12_cloud_amd64_toolchain//:platform"))},
    expect_failure = True,
)

def _refused(rule, name, expected, attributes, test = _analysis_failure_test):
    rule(name = name, tags = ["manual"], **attributes)
    test(
        name = name + "_test",
        size = "small",
        expected = "//{}:{}: {}".format(native.package_name(), name, expected),
        target_under_test = ":" + name,
    )

def refused_module(name, expected, **kwargs):
    """Declares a `kernel_module` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the module.
    """
    _refused(kernel_module, name, expected, kwargs)

def refused_c_library(name, expected, **kwargs):
    """Declares a `kernel_c_library` and the test that expects its error in a kernel's configuration.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the library.
    """
    _refused(kernel_c_library, name, expected, kwargs, test = _in_kernel_analysis_failure_test)

def refused_rust_library(name, expected, **kwargs):
    """Declares a `kernel_rust_library` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the library.
    """
    _refused(kernel_rust_library, name, expected, kwargs)

def refused_config_header(name, expected, **kwargs):
    """Declares a `kernel_config_header` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the header.
    """
    _refused(kernel_config_header, name, expected, kwargs)

def refused_project(name, expected, **kwargs):
    """Declares a `kernel_module_from_kbuild` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the project.
    """
    _refused(kernel_module_from_kbuild, name, expected, kwargs)

def refused_module_archive(name, expected, **kwargs):
    """Declares an archive of a `kernel_module_set` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the archive.
    """
    _refused(module_archive, name, expected, kwargs)

def refused_module_test(name, expected, **kwargs):
    """Declares a `kernel_module_test` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the test.
    """
    _refused(kernel_module_test, name, expected, kwargs)

def refused_vm(name, expected, **kwargs):
    """Declares a `kernel_vm` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the virtual machine.
    """
    _refused(kernel_vm, name, expected, kwargs)

def refused_stock_module(name, expected, **kwargs):
    """Declares a `stock_module` and the test that expects its error.

    Args:
      name: (string) the target; the test is NAME_test.
      expected: (string) the error after the target's label, or the beginning of it.
      **kwargs: attributes of the module.
    """
    _refused(stock_module, name, expected, kwargs)
