# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the translation of a kernel's flags for C++ into those for Rust."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/rust:rust_flags.bzl", "target_description", "translate_rust_flags")
load("//tests:recorder.bzl", "recorder")

def _mitigations_test_impl(ctx):
    env = unittest.begin(ctx)
    translated = translate_rust_flags([
        "-fcf-protection=branch",
        "-fno-jump-tables",
        "-mretpoline-external-thunk",
        "-mindirect-branch-cs-prefix",
        "-mfunction-return=thunk-extern",
        "-mharden-sls=all",
        "-fpatchable-function-entry=16,16",
        "-fstack-protector-strong",
        "-Xclang",
        "-msoft-float",
        "-mno-sse2",
        "-mtune=generic",
        "-O2",
    ], "k")
    asserts.equals(env, [
        "-Zcf-protection=branch",
        "-Zno-jump-tables",
        "-Zfunction-return=thunk-extern",
        "-Zpatchable-function-entry=16,16",
        "-Zstack-protector=strong",
        "-Ztune-cpu=generic",
        "-Copt-level=2",
    ], translated.flags)
    asserts.equals(env, [
        "+retpoline-external-thunk",
        "+retpoline-indirect-branches",
        "+retpoline-indirect-calls",
        "+harden-sls-ijmp",
        "+harden-sls-ret",
        "+soft-float",
        "-sse2",
    ], translated.features)
    asserts.equals(env, [], translated.unprotected)
    return unittest.end(env)

mitigations_test = unittest.make(_mitigations_test_impl)

def _unprotected_test_impl(ctx):
    env = unittest.begin(ctx)
    translated = translate_rust_flags([
        "-fstack-protector-strong",
        "-mstack-protector-guard-reg=gs",
        "-mstack-protector-guard-symbol=__ref_stack_chk_guard",
        "-fzero-call-used-regs=used-gpr",
    ], "k")

    # A guard from the wrong place would kill the thread.
    asserts.equals(env, [], translated.flags)
    asserts.equals(env, [
        "-mstack-protector-guard-symbol=__ref_stack_chk_guard: its functions have no stack protector, because rustc cannot read the guard of this kernel",
        "-fzero-call-used-regs=used-gpr: registers keep what a function left in them",
    ], translated.unprotected)
    return unittest.end(env)

unprotected_test = unittest.make(_unprotected_test_impl)

def _sanitizers_test_impl(ctx):
    env = unittest.begin(ctx)
    translated = translate_rust_flags([
        "-fsanitize=kernel-address",
        "-Xclang",
        "-fsanitize-address-destructor=none",
        "-mllvm",
        "-asan-mapping-offset=0xdffffc0000000000",
        "-mllvm",
        "-asan-globals=1",
        "-fsanitize=bool",
        "-O2",
    ], "k")
    asserts.equals(env, ["-Copt-level=2"], translated.flags)
    asserts.equals(env, [], translated.features)

    # Another option of LLVM is unknown.
    recorded = recorder()
    translate_rust_flags(["-mllvm", "-new-mitigation=1"], "k", fail = recorded.fail)
    asserts.equals(env, 1, len(recorded.messages))
    return unittest.end(env)

sanitizers_test = unittest.make(_sanitizers_test_impl)

def _unknown_test_impl(ctx):
    env = unittest.begin(ctx)
    recorded = recorder()
    translate_rust_flags(["-O2", "-fsanitize=kcfi", "-mcet-switch"], "@k//:kernel", fail = recorded.fail)
    asserts.equals(env, [
        "@k//:kernel: its C++ is compiled with -fsanitize=kcfi, -mcet-switch, and the table for Rust does not have them. Add each to kmod_rules/private/rust/rust_flags.bzl.",
    ], recorded.messages)
    recorded = recorder()
    translate_rust_flags(["-fcf-protection=full"], "@k//:kernel", fail = recorded.fail)
    asserts.equals(env, 1, len(recorded.messages))
    return unittest.end(env)

unknown_test = unittest.make(_unknown_test_impl)

def _target_test_impl(ctx):
    env = unittest.begin(ctx)
    target = json.decode(target_description(["-sse2", "+soft-float"]))
    asserts.equals(env, "-sse2,+soft-float", target["features"])
    asserts.equals(env, "kernel", target["code-model"])
    asserts.equals(env, True, target["disable-redzone"])
    asserts.equals(env, "abort", target["panic-strategy"])
    return unittest.end(env)

target_test = unittest.make(_target_test_impl)

def rust_flags_test_suite(name):
    """Declares the tests.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(
        name,
        mitigations_test,
        sanitizers_test,
        target_test,
        unknown_test,
        unprotected_test,
    )
