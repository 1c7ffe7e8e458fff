# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of whether a compiler is the one that built a kernel."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:compiler_version.bzl", "check_compiler", "compiler_of_kernel", "compiler_version")
load("//tests:recorder.bzl", "recorder")

def _version_test_impl(ctx):
    env = unittest.begin(ctx)
    for text, expected in {
        "Android (8508608, based on r450784e) clang version 14.0.7 (https://example.com/llvm 4c603efb)": ("clang", "14"),
        "Debian clang version 19.1.7 (3+b1)": ("clang", "19"),
        "clang version 17.0.6": ("clang", "17"),
        "gcc (GCC) 11.4.1 20230605 (Red Hat 11.4.1-2)": ("gcc", "11"),
        "gcc (GCC) 14.2.0": ("gcc", "14"),
        "gcc (SUSE Linux) 7.5.0": ("gcc", "7"),
        "gcc (Ubuntu 13.2.0-4ubuntu3) 13.2.0": ("gcc", "13"),
        "gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0": ("gcc", "12"),
        "gcc-13 (Nested (1.0) 2.0) 13.1.0": ("gcc", "13"),
        "x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19) 14.2.0": ("gcc", "14"),
    }.items():
        found = compiler_version(text)
        asserts.equals(env, expected, (found.family, found.major), text)
    for text in ["", "gcc", "gcc-12", "made up", "gcc (12.2.0"]:
        asserts.equals(env, None, compiler_version(text), text)
    return unittest.end(env)

version_test = unittest.make(_version_test_impl)

def _messages(built_with, text):
    told = recorder()
    check_compiler(built_with, text, "gcc-12", "k", fail = told.fail)
    return told.messages

_GCC_12 = "gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0"

def _accepted_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, [], _messages(_GCC_12, _GCC_12 + "\nCopyright (C) 2022\n"))
    asserts.equals(env, [], _messages("gcc (GCC) 12.3.1 20230508 (Red Hat 12.3.1-1)", _GCC_12))
    asserts.equals(env, [], _messages("", _GCC_12))
    asserts.equals(env, [], _messages("unreadable", _GCC_12))
    return unittest.end(env)

accepted_test = unittest.make(_accepted_test_impl)

def _refused_test_impl(ctx):
    env = unittest.begin(ctx)
    for built_with, said in {
        "clang version 12.0.1": "k: the kernel was built with clang 12 (clang version 12.0.1, says its CONFIG_CC_VERSION_TEXT), and gcc-12 of its tools is gcc 12",
        "gcc (GCC) 13.2.1 20231205": "k: the kernel was built with gcc 13 (gcc (GCC) 13.2.1 20231205, says its CONFIG_CC_VERSION_TEXT), and gcc-12 of its tools is gcc 12",
    }.items():
        messages = _messages(built_with, _GCC_12)
        asserts.equals(env, 1, len(messages))
        asserts.true(env, messages[0].startswith(said), messages[0])
        asserts.true(env, messages[0].endswith("Name a compiler of the same major version in the attributes compiler and tools."), messages[0])
    messages = _messages(_GCC_12, "no such option\n")
    asserts.equals(env, 1, len(messages))
    asserts.true(env, "gcc-12 --version of its tools prints no version: \"no such option\"" in messages[0], messages[0])
    return unittest.end(env)

refused_test = unittest.make(_refused_test_impl)

def _kernel_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, _GCC_12, compiler_of_kernel({"CONFIG_CC_VERSION_TEXT": _GCC_12}))
    asserts.equals(env, "", compiler_of_kernel({}))
    return unittest.end(env)

kernel_test = unittest.make(_kernel_test_impl)

def compiler_version_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, version_test, accepted_test, refused_test, kernel_test)
