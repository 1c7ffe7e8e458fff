# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Crates that do not compile, each with the test that expects its error."""

load("//kmod_rules:defs.bzl", "kernel_rust_library")
load("//tests/module/failures:action_failure_test.bzl", "action_failure_test")

def failing_crate(name, expected, deps = []):
    """Declares a `kernel_rust_library` of the file NAME.rs, and NAME_test, which runs the compiler.

    Args:
      name: (string) the library.
      expected: (list[string]) texts of the error, in this order. The first one follows the library's label.
      deps: (list[string]) the library's own.
    """
    kernel_rust_library(name = name, srcs = [name + ".rs"], tags = ["manual"], deps = deps)
    action_failure_test(
        name = name + "_test",
        size = "small",
        expected = ["//{}:{}: {}".format(native.package_name(), name, expected[0])] + expected[1:],
        library = ":" + name,
        mnemonic = "Rustc",
    )
