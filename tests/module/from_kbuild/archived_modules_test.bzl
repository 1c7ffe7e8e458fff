# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A test of the modules that an archive of kernel_module_set holds."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")

_ENDING = ".stripped.ko"

def _archived_modules_test_impl(ctx):
    env = analysistest.begin(ctx)
    actions = [a for a in analysistest.target_actions(env) if a.mnemonic == "ModuleArchive"]
    asserts.equals(env, 1, len(actions))
    asserts.equals(env, ctx.attr.modules, sorted([
        file.basename[:-len(_ENDING)]
        for file in actions[0].inputs.to_list()
        if file.basename.endswith(_ENDING)
    ]))
    return analysistest.end(env)

archived_modules_test = analysistest.make(
    _archived_modules_test_impl,
    attrs = {"modules": attr.string_list(doc = "The modules' names, sorted.")},
)
