# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of where the outputs of kernel_module are."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("//kmod_rules:defs.bzl", "KernelModuleInfo")

def _outputs_test_impl(ctx):
    env = analysistest.begin(ctx)
    target = analysistest.target_under_test(env)
    prefix = "{}/{}same_name".format(target.label.package, ctx.attr.folder)
    asserts.equals(
        env,
        [prefix + end for end in [".ko", ".stripped.ko", ".Module.symvers"]],
        [file.short_path for file in target[DefaultInfo].files.to_list()],
    )
    asserts.equals(env, [prefix + ".spdx.json"], [file.short_path for file in target[OutputGroupInfo].sbom.to_list()])

    # The kernel knows both by one name.
    asserts.equals(env, "same_name", target[KernelModuleInfo].module_name)
    return analysistest.end(env)

outputs_test = analysistest.make(
    _outputs_test_impl,
    attrs = {"folder": attr.string(doc = "Below the package, with a slash at its end.")},
)
