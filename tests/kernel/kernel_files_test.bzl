# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of which files a kernel's build directory must have."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_files.bzl", "REQUIRED_PATHS", "missing_files")

def _missing(lacking, options = {}):
    return [file.path for file in missing_files([path for path in REQUIRED_PATHS if path not in lacking], options)]

def _missing_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, [], _missing([]))
    for path in ["Makefile", "include/config/auto.conf", "include/generated/autoconf.h", "include/generated/utsrelease.h", "Module.symvers", "scripts/basic/fixdep", "scripts/mod/modpost"]:
        asserts.equals(env, [path], _missing([path]))

    # All at once, because each attempt is a fetch.
    asserts.equals(env, ["Makefile", "Module.symvers"], _missing(["Module.symvers", "Makefile"]))
    return unittest.end(env)

missing_test = unittest.make(_missing_test_impl)

def _alternatives_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, [], _missing(["scripts/module.lds"]))
    asserts.equals(env, [], _missing(["arch/x86/module.lds"]))
    asserts.equals(env, ["arch/x86/module.lds or scripts/module.lds"], _missing(["arch/x86/module.lds", "scripts/module.lds"]))
    return unittest.end(env)

alternatives_test = unittest.make(_alternatives_test_impl)

def _options_test_impl(ctx):
    env = unittest.begin(ctx)
    for path, options in {
        "scripts/genksyms/genksyms": ["CONFIG_MODVERSIONS"],
        "tools/objtool/objtool": ["CONFIG_OBJTOOL", "CONFIG_STACK_VALIDATION"],
    }.items():
        asserts.equals(env, [], _missing([path]))
        for option in options:
            asserts.equals(env, [path], _missing([path], {option: "y"}), option)
            asserts.equals(env, [], _missing([path], {option: "n"}), option)
    return unittest.end(env)

options_test = unittest.make(_options_test_impl)

def _advice_test_impl(ctx):
    env = unittest.begin(ctx)
    for file in missing_files([], {"CONFIG_MODVERSIONS": "y", "CONFIG_OBJTOOL": "y"}):
        asserts.true(env, file.why and file.how, file.path)
        symvers = file.path == "Module.symvers"
        asserts.equals(env, symvers, "`make` does" in file.how)
    return unittest.end(env)

advice_test = unittest.make(_advice_test_impl)

def kernel_files_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, missing_test, alternatives_test, options_test, advice_test)
