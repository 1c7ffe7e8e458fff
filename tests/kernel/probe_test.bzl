# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the reader of kbuild's recorded commands."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:probe.bzl", "command_words", "parse_objtool_call", "parse_recorded_command")
load("//tests:recorder.bzl", "recorder")

# As Linux 6.1 and 6.12 write it, shortened.
_LINUX_6_1 = """cmd_/x/probe.o :=  gcc-12 -Wp,-MMD,/x/.probe.o.d -DKBUILD_BASENAME='"probe"' -O2 -c -o /x/probe.o /x/probe.c   ; ./tools/objtool/objtool --orc --retpoline  --link  --module /x/probe.o

source_/x/probe.o := /x/probe.c
"""
_LINUX_6_12 = "savedcmd_probe.o := gcc-12 -O2 -c -o probe.o probe.c\n"

def _words_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        ["gcc", "-DA=\"b c\"", "-I/x y", "z"],
        command_words("  gcc  -DA='\"b c\"' \"-I/x y\"\tz "),
    )
    asserts.equals(env, [], command_words("  "))
    return unittest.end(env)

words_test = unittest.make(_words_test_impl)

def _recorded_test_impl(ctx):
    env = unittest.begin(ctx)
    old = parse_recorded_command(_LINUX_6_1, "k")
    asserts.equals(
        env,
        ["-Wp,-MMD,/x/.probe.o.d", "-DKBUILD_BASENAME=\"probe\"", "-O2", "-c", "-o", "/x/probe.o", "/x/probe.c"],
        old.compile,
    )
    asserts.equals(env, ["--orc", "--retpoline", "--link", "--module"], old.objtool)
    asserts.equals(
        env,
        ["orc", "generate", "--module", "--retpoline"],
        parse_objtool_call("  gcc-10 -c -o probe.o probe.c\n   ./tools/objtool/objtool orc generate  --module --retpoline /x/probe.o\nmake: done\n"),
    )
    asserts.equals(env, [], parse_objtool_call("  gcc-10 -c -o probe.o probe.c\n"))
    new = parse_recorded_command(_LINUX_6_12, "k")
    asserts.equals(env, ["-O2", "-c", "-o", "probe.o", "probe.c"], new.compile)
    asserts.equals(env, [], new.objtool)
    return unittest.end(env)

recorded_test = unittest.make(_recorded_test_impl)

def _unreadable_test_impl(ctx):
    env = unittest.begin(ctx)
    for text, expected in {
        "": "k: kbuild did not record a command that this rule can read: ",
        "cmd_x.o := ld -o x.o\n": "k: kbuild did not record a compile command: cmd_x.o := ld -o x.o",
        "deps_x.o := a b\n": "k: kbuild did not record a command that this rule can read: deps_x.o := a b",
    }.items():
        told = recorder()
        asserts.equals(env, None, parse_recorded_command(text, "k", fail = told.fail))
        asserts.equals(env, [expected], told.messages)
    return unittest.end(env)

unreadable_test = unittest.make(_unreadable_test_impl)

def probe_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, words_test, recorded_test, unreadable_test)
