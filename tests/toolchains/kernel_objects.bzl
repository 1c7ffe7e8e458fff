# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_objects, which compiles a library for the kernel of the build."""

load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "in_kernel")

def _kernel_objects_impl(ctx):
    objects = []
    for linker_input in ctx.attr.library[0][CcInfo].linking_context.linker_inputs.to_list():
        if linker_input.owner == ctx.attr.library[0].label:
            for library in linker_input.libraries:
                objects += library.objects
    return [DefaultInfo(files = depset(objects), runfiles = ctx.runfiles(objects))]

kernel_objects = rule(
    implementation = _kernel_objects_impl,
    attrs = {
        "library": attr.label(
            cfg = in_kernel,
            doc = "The library, such as `:sample`.",
            mandatory = True,
            providers = [CcInfo],
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    doc = "Compiles a library for the kernel of the build, and gives its objects as files.",
)
