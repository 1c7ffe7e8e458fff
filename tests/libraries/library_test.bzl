# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules that use C++ libraries of others, each with its test in a VM."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("//kmod_rules:defs.bzl", "kernel_module", "kernel_module_test")

def library_test(name):
    """Declares the module NAME of NAME.cc, and NAME_test, which loads it.

    Args:
      name: (string) the library's name.
    """
    cc_library(
        name = name,
        srcs = [
            "library.h",
            name + ".cc",
        ],
        # Kernel code only: the host has hosted libraries.
        tags = ["manual"],
        deps = [
            "//runtime",
            "@kmod_cxx_libraries//:cxx_libraries",
        ],
    )
    kernel_module(
        name = name + "_ko",
        license = "Dual MIT/GPL",
        module_name = name,
        deps = [":" + name],
    )
    kernel_module_test(
        name = name + "_test",
        size = "small",
        expect = [name + ": the library works"],
        modules = {":{}_ko".format(name): ""},
    )
