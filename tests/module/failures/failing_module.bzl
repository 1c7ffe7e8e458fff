# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules, imports and projects whose build fails on purpose, each with the test that expects its error."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("//kmod_rules:defs.bzl", "kernel_module", "kernel_module_from_kbuild", "kernel_module_import")
load(":action_failure_test.bzl", "action_failure_test")

def _label_text(name):
    return "//{}:{}: ".format(native.package_name(), name)

def _failing(rule, name, test, mnemonic, expected, kwargs):
    rule(name = name, tags = ["manual"], **kwargs)
    action_failure_test(
        name = test,
        size = "small",
        expected = expected,
        mnemonic = mnemonic,
        target = ":" + name,
    )

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
    label = _label_text(name + "_ko")
    _failing(kernel_module, name + "_ko", name + "_test", mnemonic, [label + expected[0]] + expected[1:], attributes)

def failing_import(name, expected, **kwargs):
    """Declares a `kernel_module_import` and NAME_test, which runs the action that fails.

    Args:
      name: (string) the import.
      expected: (list[string]) texts of the error behind the import's label, in this order.
      **kwargs: attributes of the import.
    """
    _failing(kernel_module_import, name, name + "_test", "ImportModule", [_label_text(name)] + expected, kwargs)

def failing_project(name, expected, **kwargs):
    """Declares a `kernel_module_from_kbuild` and NAME_test, which runs the action that fails.

    Args:
      name: (string) the project.
      expected: (list[string]) texts of the error behind the project's label, in this order.
      **kwargs: attributes of the project.
    """
    _failing(kernel_module_from_kbuild, name, name + "_test", "Kbuild", [_label_text(name)] + expected, kwargs)
