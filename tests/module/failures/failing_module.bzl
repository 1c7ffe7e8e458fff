# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules whose build fails on purpose, each with the test that expects its error."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("//kmod_rules:defs.bzl", "kernel_module")
load(":action_failure_test.bzl", "action_failure_test")

def failing_library(name, **kwargs):
    """Declares a library of the file NAME.cc.

    Args:
      name: (string) the library's target. It is manual, because its own compilation may fail.
      **kwargs: attributes of the `cc_library` that replace the usual ones.
    """
    attributes = {"srcs": [name + ".cc"], "deps": ["//runtime"]}
    attributes.update(kwargs)
    cc_library(name = name, tags = ["manual"], **attributes)

def failing_module(name, expected, mnemonic, library = {}, **kwargs):
    """Declares the module NAME_ko, and NAME_test, which runs the action that fails.

    Args:
      name: (string) the module's name, and the name of its library. With `srcs`, there is no library.
      expected: (list[string]) texts of the error, in this order. The first one follows the module's label.
      mnemonic: (string) which action fails, such as `Kbuild`.
      library: (dict) attributes of the library that replace the usual ones; None for no library.
      **kwargs: attributes of the module that replace the usual ones.
    """
    attributes = {"module_name": name}
    if "srcs" not in kwargs:
        attributes["license"] = "Dual MIT/GPL"
        attributes["deps"] = [":" + name, ":module_class"]
        if library != None:
            failing_library(name = name, **library)
    attributes.update(kwargs)
    kernel_module(name = name + "_ko", tags = ["manual"], **attributes)
    action_failure_test(
        name = name + "_test",
        size = "small",
        expected = ["//{}:{}_ko: {}".format(native.package_name(), name, expected[0])] + expected[1:],
        mnemonic = mnemonic,
        target = ":{}_ko".format(name),
    )
