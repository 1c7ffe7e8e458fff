# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what a module may be called, and of the licenses that the kernel knows."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:license.bzl", "check_license", "is_gpl_compatible")
load("//kmod_rules/private/module:module_name.bzl", "check_distinct_names", "check_module_name", "output_folder")
load("//tests:recorder.bzl", "recorder")

def _good_names_test_impl(ctx):
    env = unittest.begin(ctx)
    for name in ["hello", "h", "_hello", "i2c_dev", "Hello2", "dm-example", "a" * 55]:
        told = recorder()
        check_module_name(name, "//x", fail = told.fail)
        asserts.equals(env, [], told.messages)
    return unittest.end(env)

good_names_test = unittest.make(_good_names_test_impl)

def _bad_names_test_impl(ctx):
    env = unittest.begin(ctx)
    for name, expected in {
        "": "module_name is empty",
        "8250": "must begin with a letter: it becomes part of C identifiers. Write \"m8250\".",
        "a" * 56: "has 56 characters, and the kernel's limit is 55",
        "hello world": "Write \"hello_world\".",
        "hello.ko": "must not end in .ko: write \"hello\".",
        "obj": "has a special meaning in kbuild's Makefiles",
        "über": "may contain only letters, digits, underscores and dashes",
    }.items():
        told = recorder()
        check_module_name(name, "//x", fail = told.fail)
        asserts.equals(env, 1, len(told.messages), name)
        asserts.true(env, told.messages[0].startswith("//x: module_name "), told.messages[0])
        asserts.true(env, expected in told.messages[0], told.messages[0])
    return unittest.end(env)

bad_names_test = unittest.make(_bad_names_test_impl)

def _distinct_names_test_impl(ctx):
    env = unittest.begin(ctx)
    a = struct(label = "//a", module_name = "hello")
    b = struct(label = "//b", module_name = "hello")
    c = struct(label = "//c", module_name = "other")
    told = recorder()
    check_distinct_names([a, c], "//t", fail = told.fail)
    asserts.equals(env, [], told.messages)
    check_distinct_names([a, c, b], "//t", fail = told.fail)
    asserts.equals(
        env,
        ["//t: //a and //b are both modules named \"hello\", and a kernel loads only one module of a name. Give one of them another module_name, or test them separately."],
        told.messages,
    )
    return unittest.end(env)

distinct_names_test = unittest.make(_distinct_names_test_impl)

def _output_folder_test_impl(ctx):
    env = unittest.begin(ctx)
    for target, module, own_kernel, expected in [
        ("hello_ko", "hello", False, ""),
        ("hello", "hello", False, ""),
        ("hello_debug_ko", "hello", False, "hello_debug_ko/"),
        ("hello_ko", "hello", True, "hello_ko/"),
        ("hello", "hello_ko", False, "hello/"),
    ]:
        asserts.equals(env, expected, output_folder(target, module, own_kernel))
    return unittest.end(env)

output_folder_test = unittest.make(_output_folder_test_impl)

def _license_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.true(env, is_gpl_compatible("Dual MIT/GPL"))
    asserts.false(env, is_gpl_compatible("Proprietary"))
    told = recorder()
    check_license("GPL v2", "//x", fail = told.fail)
    check_license("Proprietary", "//x", fail = told.fail)
    asserts.equals(env, [], told.messages)
    check_license("MIT", "//x", fail = told.fail)
    asserts.equals(env, 1, len(told.messages))
    asserts.true(env, told.messages[0].startswith("//x: the kernel does not know the license \"MIT\". It knows: GPL, "), told.messages[0])
    return unittest.end(env)

license_test = unittest.make(_license_test_impl)

def module_name_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, good_names_test, bad_names_test, distinct_names_test, output_folder_test, license_test)
