# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what the Makefile of a kernel's build directory takes from elsewhere."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:makefile_paths.bzl", "check_makefile", "makefile_paths")
load("//tests:recorder.bzl", "recorder")

def _paths(text, build_directory = "usr/src/obj"):
    return [found.path for found in makefile_paths(text, build_directory)]

def _own_paths_test_impl(ctx):
    env = unittest.begin(ctx)
    for line in [
        "",
        "# include /usr/src/linux/Makefile",
        "include $(srctree)/scripts/Kbuild.include",
        "-include include/config/auto.conf.cmd",
        "include include/config/auto.conf",
        "export KBUILD_OUTPUT = $(CURDIR)",
        "KBUILD_OUTPUT := $(O)",
        "KBUILD_OUTPUT ?= out",
        "INSTALL_PATH ?= /boot",
        "srctree := ..",
        "include/config/auto.conf:",
        "\t@echo /usr",
    ]:
        asserts.equals(env, [], _paths(line), line)
    return unittest.end(env)

own_paths_test = unittest.make(_own_paths_test_impl)

def _other_paths_test_impl(ctx):
    env = unittest.begin(ctx)
    for line, expected in {
        "-include ../a ../b": ["usr/src/a", "usr/src/b"],
        "KBUILD_OUTPUT=../../obj": ["usr/obj"],
        "export KBUILD_OUTPUT = /usr/src/obj": [None],
        "include ../../../../linux/Makefile": [None],
        "include ../linux/./Makefile": ["usr/src/linux/Makefile"],
        "include /usr/src/linux/Makefile": ["usr/src/linux/Makefile"],
        "override KBUILD_SRC := /home/me/linux": [None],
        "sinclude /a/../b": ["b"],
    }.items():
        asserts.equals(env, expected, _paths(line), line)
    asserts.equals(env, [None], _paths("include ../linux/Makefile", "."))
    asserts.equals(env, ["linux/Makefile"], _paths("include ../linux/Makefile", "obj"))
    return unittest.end(env)

other_paths_test = unittest.make(_other_paths_test_impl)

def _check_test_impl(ctx):
    env = unittest.begin(ctx)
    told = recorder()
    paths = makefile_paths("include /usr/src/linux/Makefile\ninclude ../here\n", "usr/src/obj")
    check_makefile(paths, ["usr/src/linux/Makefile", "usr/src/here"], "k: Makefile", fail = told.fail)
    asserts.equals(env, [], told.messages)

    paths += makefile_paths("include ../../../../out\n", "usr/src/obj")
    check_makefile(paths, ["usr/src/here"], "k: Makefile", fail = told.fail)
    asserts.equals(env, 1, len(told.messages))
    asserts.true(
        env,
        told.messages[0].startswith("k: Makefile takes files from outside the tree: `include /usr/src/linux/Makefile`, `include ../../../../out`. Add these files"),
        told.messages[0],
    )
    return unittest.end(env)

check_test = unittest.make(_check_test_impl)

def makefile_paths_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, own_paths_test, other_paths_test, check_test)
