# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what the fetch of a kernel keeps of the calls of make that it recorded."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kbuild_steps.bzl", "kbuild_steps")

_CALLS = """/f/k/build
-f
/f/k/common/scripts/Makefile.build
obj=/f/probe

/f/k/build
-f
/f/k/common/scripts/Makefile.modpost

"""

_ENVIRONMENT = """PATH=/f/t/usr/bin
KBUILD_CFLAGS=-O2 -DA=b
MAKEFLAGS=rRs -I/f/k/common -- M=/f/probe CC=gcc-12\\ -nostdinc
KMOD_RECORD=/f/probe/record
KBUILD_EXTMOD=/f/probe
not a variable
"""

_PLACES = {"/f": "@REPOSITORY@", "/f/k": "@KERNEL@", "/f/probe": "@MODULE@", "/f/t": "@TOOLS@"}

def _steps_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        [
            "variable KBUILD_CFLAGS=-O2 -DA=b",
            "variable KBUILD_EXTMOD=@MODULE@",
            "variable MAKEFLAGS=rRs -I@KERNEL@/common",
            "step @KERNEL@/build",
            "argument -f",
            "argument @KERNEL@/common/scripts/Makefile.build",
            "argument obj=@MODULE@",
            "step @KERNEL@/build",
            "argument -f",
            "argument @KERNEL@/common/scripts/Makefile.modpost",
            "",
        ],
        kbuild_steps(_CALLS, _ENVIRONMENT, _PLACES).split("\n"),
    )
    return unittest.end(env)

steps_test = unittest.make(_steps_test_impl)

def _unknown_test_impl(ctx):
    env = unittest.begin(ctx)
    for calls in ["", "/f/k\n-f\n/f/k/scripts/Makefile.other\n\n"]:
        asserts.equals(env, "", kbuild_steps(calls, _ENVIRONMENT, _PLACES))
    return unittest.end(env)

unknown_test = unittest.make(_unknown_test_impl)

def kbuild_steps_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, steps_test, unknown_test)
