# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the outputs, providers, actions and inputs that kernel_module declares."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("//kmod_rules:defs.bzl", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "repository_of")

def _action(env, mnemonic):
    found = [a for a in analysistest.target_actions(env) if a.mnemonic == mnemonic]
    asserts.equals(env, 1, len(found), "actions with the mnemonic " + mnemonic)
    return found[0]

def _outputs_test_impl(ctx):
    env = analysistest.begin(ctx)
    target = analysistest.target_under_test(env)
    info = target[KernelModuleInfo]
    asserts.equals(env, "good", info.module_name)
    asserts.equals(
        env,
        ["good.ko", "good.stripped.ko", "good.Module.symvers"],
        [f.basename for f in target[DefaultInfo].files.to_list()],
    )
    asserts.equals(env, [info.ko], target[OutputGroupInfo].ko.to_list())
    asserts.equals(env, [info.stripped_ko], target[OutputGroupInfo].stripped_ko.to_list())
    asserts.equals(env, [info.symvers], target[OutputGroupInfo].symvers.to_list())
    asserts.true(env, info.kernel.release.startswith("6.1.0-50-"), info.kernel.release)
    return analysistest.end(env)

outputs_test = analysistest.make(_outputs_test_impl)

def _sources_test_impl(ctx):
    env = analysistest.begin(ctx)
    paths = [f.short_path for f in analysistest.target_under_test(env)[KernelModuleInfo].sources.to_list()]
    for path in ctx.attr.sources:
        asserts.true(env, path in paths, path + " is missing")
    for path in paths:
        asserts.false(env, path.startswith("../"), path + " is of the toolchain")
    asserts.equals(env, len({path: None for path in paths}), len(paths), "number of different sources")
    return analysistest.end(env)

sources_test = analysistest.make(
    _sources_test_impl,
    attrs = {"sources": attr.string_list(mandatory = True)},
)

def _kbuild_action_test_impl(ctx):
    env = analysistest.begin(ctx)
    kbuild = _action(env, "Kbuild")

    # The tool makes the environment; nothing comes from Bazel's or the user's.
    asserts.equals(env, {}, dict(kbuild.env))

    # The kernel and the tools are directories instead of their thousands of files.
    inputs = [i for i in kbuild.inputs.to_list() if not i.owner or repository_of(i.owner) != "kmod_clang"]
    asserts.true(env, len(inputs) < 12, "{} inputs besides the demangler".format(len(inputs)))
    asserts.equals(env, 2, len([i for i in inputs if i.path.endswith("/root")]))
    return analysistest.end(env)

kbuild_action_test = analysistest.make(_kbuild_action_test_impl)

def _kernel_attribute_test_impl(ctx):
    env = analysistest.begin(ctx)
    info = analysistest.target_under_test(env)[KernelModuleInfo]
    asserts.equals(env, ctx.attr.release, info.kernel.release)
    return analysistest.end(env)

kernel_attribute_test = analysistest.make(
    _kernel_attribute_test_impl,
    attrs = {"release": attr.string(mandatory = True)},
)

chosen_kernel_test = analysistest.make(
    _kernel_attribute_test_impl,
    attrs = {"release": attr.string(mandatory = True)},
    config_settings = {str(Label("//kmod_rules:kernel")): str(Label("@debian12_amd64//:kernel"))},
)
