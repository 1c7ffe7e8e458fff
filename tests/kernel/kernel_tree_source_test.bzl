# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of where the kernel of a `kernel_tree` comes from."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_tree_source.bzl", "build_directories", "check_release", "check_source", "choose_build_directory")
load("//tests:recorder.bzl", "recorder")

def _source_messages(given):
    told = recorder()
    check_source(given, "k", fail = told.fail)
    return told.messages

def _source_test_impl(ctx):
    env = unittest.begin(ctx)
    for given in [
        {"path": "/linux"},
        {"directory": "//:linux"},
        {"archive": "//:linux.tar"},
        {"sha256": "00", "url": "http://a.example/linux.tar"},
    ]:
        asserts.equals(env, [], _source_messages(given))
    which = "Give exactly one of path (an absolute path), directory or archive (labels), and url."
    asserts.equals(env, ["k: no attribute names the kernel. " + which], _source_messages({}))
    asserts.equals(env, ["k: path and archive are given. " + which], _source_messages({"archive": "//:a", "path": "/a"}))
    asserts.equals(env, ["k: url is given without sha256: a download has both, and Bazel checks the one with the other."], _source_messages({"url": "http://a.example"}))
    asserts.equals(env, ["k: sha256 is given without url: a download has both, and Bazel checks the one with the other."], _source_messages({"archive": "//:a", "sha256": "00"}))
    asserts.equals(env, ["k: path is linux, and must be absolute. Give the label of a directory of the workspace in the attribute directory."], _source_messages({"path": "linux"}))
    return unittest.end(env)

source_test = unittest.make(_source_test_impl)

def _directories_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, ["."], build_directories(["include/config/auto.conf", "include/generated/autoconf.h", "tools/x/.config"]))
    asserts.equals(env, ["a/b", "c"], build_directories(["c/include/generated/autoconf.h", "a/b/include/config/auto.conf"]))

    # Configured, and not prepared: the check for missing files says what to do.
    asserts.equals(env, ["."], build_directories([".config"]))
    asserts.equals(env, ["linux"], build_directories(["linux/Module.symvers", "linux/.config"]))
    asserts.equals(env, [], build_directories(["auto.conf", "x/autoconf.h", "my.config"]))
    return unittest.end(env)

directories_test = unittest.make(_directories_test_impl)

def _choice_test_impl(ctx):
    env = unittest.begin(ctx)
    told = recorder()
    asserts.equals(env, "a", choose_build_directory(["a"], "k", fail = told.fail))
    asserts.equals(env, [], told.messages)
    choose_build_directory([], "k", fail = told.fail)
    choose_build_directory(["a", "b"], "k", fail = told.fail)
    asserts.true(env, told.messages[0].startswith("k: no kernel was built here: no directory has include/config/auto.conf or "), told.messages[0])
    asserts.equals(env, "k: kernels were built in several directories: a, b. Name one of them in the attribute build_directory.", told.messages[1])
    return unittest.end(env)

choice_test = unittest.make(_choice_test_impl)

def _release_test_impl(ctx):
    env = unittest.begin(ctx)
    told = recorder()
    asserts.equals(env, "6.1", check_release("", "6.1\n", "k", fail = told.fail))
    asserts.equals(env, "6.1", check_release("6.1", "", "k", fail = told.fail))
    asserts.equals(env, "6.1", check_release("6.1", "6.1\n", "k", fail = told.fail))
    asserts.equals(env, [], told.messages)
    check_release("", "\n", "k", fail = told.fail)
    check_release("6.2", "6.1\n", "k", fail = told.fail)
    asserts.true(env, told.messages[0].startswith("k: include/config/kernel.release is not there or empty"), told.messages[0])
    asserts.true(env, told.messages[1].startswith("k: release is 6.2, and include/config/kernel.release says 6.1."), told.messages[1])
    return unittest.end(env)

release_test = unittest.make(_release_test_impl)

def kernel_tree_source_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, source_test, directories_test, choice_test, release_test)
