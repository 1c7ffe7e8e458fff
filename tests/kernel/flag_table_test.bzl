# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the translation of kbuild's flags."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:flag_table.bzl", "DROPPED", "SAME", "TRANSLATED", "translate_flags")
load("//tests:recorder.bzl", "recorder")

def _mitigations_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        [
            "-mretpoline-external-thunk",
            "-mindirect-branch-cs-prefix",
            "-mfunction-return=thunk-extern",
            "-mharden-sls=all",
            "-fstack-protector-strong",
            "-mcmodel=kernel",
            "-mno-red-zone",
            "-mstack-alignment=8",
            "-mno-sse",
            "-Xclang",
            "-msoft-float",
        ],
        translate_flags([
            "-mindirect-branch=thunk-extern",
            "-mindirect-branch-register",
            "-mindirect-branch-cs-prefix",
            "-mfunction-return=thunk-extern",
            "-mharden-sls=all",
            "-fstack-protector-strong",
            "-mcmodel=kernel",
            "-mno-red-zone",
            "-mpreferred-stack-boundary=3",
            "-mno-sse",
            "-mno-80387",
        ], "k"),
    )
    return unittest.end(env)

mitigations_test = unittest.make(_mitigations_test_impl)

def _sanitizers_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        [
            "-fsanitize=kernel-address",
            "-Xclang",
            "-fsanitize-address-destructor=none",
            "-mllvm",
            "-asan-mapping-offset=0xdffffc0000000000",
            "-mllvm",
            "-asan-globals=1",
            "-mllvm",
            "-asan-instrumentation-with-call-threshold=0",
            "-mllvm",
            "-asan-stack=1",
            "-fsanitize=array-bounds",
            "-fsanitize=shift",
            "-fsanitize=bool",
            "-fsanitize=enum",
        ],
        translate_flags([
            "-fsanitize=kernel-address",
            "-fasan-shadow-offset=0xdffffc0000000000",
            "--param",
            "asan-globals=1",
            "--param",
            "asan-instrumentation-with-call-threshold=0",
            "--param",
            "asan-instrument-allocas=1",
            "--param=asan-stack=1",
            "-fsanitize=bounds",
            "-fsanitize=shift",
            "-fsanitize=bool",
            "-fsanitize=enum",
        ], "k"),
    )

    # Another offset, and a parameter that nothing is known of.
    told = recorder()
    translate_flags(["-fasan-shadow-offset=0x1000", "--param", "new=1"], "my_kernel", fail = told.fail)
    asserts.true(env, told.messages[0].startswith("my_kernel: kbuild compiles with -fasan-shadow-offset=0x1000, --param=new=1, "), told.messages[0])
    return unittest.end(env)

sanitizers_test = unittest.make(_sanitizers_test_impl)

def _dropped_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, ["-O2", "-ftrivial-auto-var-init=zero"], translate_flags([
        "-Wp,-MMD,x.d",
        "-nostdinc",
        "-I/a/b",
        "-include",
        "/a/kconfig.h",
        "-D__KERNEL__",
        "-Wall",
        "-Werror=strict-prototypes",
        "-std=gnu11",
        "-O2",
        "-ftrivial-auto-var-init=zero",
        "-pg",
        "-mrecord-mcount",
        "-c",
        "-o",
        "x.o",
        "x.c",
    ], "k"))
    return unittest.end(env)

dropped_test = unittest.make(_dropped_test_impl)

def _unknown_test_impl(ctx):
    env = unittest.begin(ctx)

    # A mitigation of tomorrow, a value that a known flag does not have, and a prefix of a known flag.
    for flag in ["-mnew-mitigation=all", "-mharden-sls=none", "-mfunction-return=keep", "-mharden", "-fno"]:
        told = recorder()
        asserts.equals(env, [], translate_flags(["-O2", flag], "my_kernel", fail = told.fail))
        asserts.equals(env, 1, len(told.messages), flag)
        asserts.true(env, told.messages[0].startswith("my_kernel: kbuild compiles with {}, ".format(flag)), told.messages[0])

    # All at once, because each attempt is a fetch.
    told = recorder()
    translate_flags(["-mone", "-O2", "-mtwo"], "my_kernel", fail = told.fail)
    asserts.equals(env, ["my_kernel: kbuild compiles with -mone, -mtwo, and the flag table does not have them. Add each to SAME, TRANSLATED or DROPPED in kmod_rules/private/kernel/flag_table.bzl."], told.messages)
    return unittest.end(env)

unknown_test = unittest.make(_unknown_test_impl)

def _one_meaning_test_impl(ctx):
    env = unittest.begin(ctx)
    entries = SAME + TRANSLATED.keys() + DROPPED.keys()
    asserts.equals(env, len(entries), len({e: None for e in entries}), "a flag stands in the table twice")
    return unittest.end(env)

one_meaning_test = unittest.make(_one_meaning_test_impl)

def flag_table_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, mitigations_test, sanitizers_test, dropped_test, unknown_test, one_meaning_test)
