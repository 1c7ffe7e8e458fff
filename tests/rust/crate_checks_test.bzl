# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what the rules of Rust find in rustc_flags."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/rust:crate_checks.bzl", "forbidden_rustc_flag", "joined_flags")

def _joined_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        ["-Cpanic=unwind", "-Copt-level=3", "--cfg=a", "-Dwarnings", "-Ccodegen-units=2", "-C"],
        joined_flags(["-C", "panic=unwind", "-Copt-level=3", "--cfg", "a", "-Dwarnings", "--codegen=codegen-units=2", "-C"]),
    )
    return unittest.end(env)

joined_test = unittest.make(_joined_test_impl)

def _refused_test_impl(ctx):
    env = unittest.begin(ctx)
    for flag in [
        "--crate-type=staticlib",
        "--emit=asm",
        "--sysroot=/usr",
        "--target=x86_64-unknown-linux-gnu",
        "--test",
        "-Cforce-unwind-tables=yes",
        "-Cforce_unwind_tables=yes",
        "-Clinker=gcc",
        "-Clto",
        "-Clto=fat",
        "-Cpanic=unwind",
        "-Ctarget-cpu=native",
        "-o",
    ]:
        found = forbidden_rustc_flag(["-Copt-level=3", flag])
        asserts.true(env, found != None and found[0] == flag, flag)
    return unittest.end(env)

refused_test = unittest.make(_refused_test_impl)

def _taken_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, None, forbidden_rustc_flag([
        "--cfg=with_statistics",
        "-Cdebug-assertions=yes",
        "-Coverflow-checks=no",
        "-Copt-level=s",
        "-Ctarget-cpu=x86-64-v2",
        "-Dwarnings",
        "-Zfmt-debug=none",
    ]))
    return unittest.end(env)

taken_test = unittest.make(_taken_test_impl)

def crate_checks_test_suite(name):
    """Declares the tests.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, joined_test, refused_test, taken_test)
