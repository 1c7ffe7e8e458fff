# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_options, which describes how a kernel is configured."""

load("//kmod_rules:providers.bzl", "KernelOptionsInfo")

def _kernel_options_impl(ctx):
    return [KernelOptionsInfo(options = ctx.attr.options)]

kernel_options = rule(
    implementation = _kernel_options_impl,
    attrs = {
        "options": attr.string_dict(
            doc = "The options that are set, such as `{\"CONFIG_MODULES\": \"y\"}`.",
        ),
    },
    doc = "The configuration of a kernel. `kernel_repository` declares one for each kernel.",
    provides = [KernelOptionsInfo],
)
