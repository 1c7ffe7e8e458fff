# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Objects that are compiled already, as a vendor ships them."""

load("//kmod_rules/private/kernel:kernel_transition.bzl", "in_kernel")

def _objects_of_impl(ctx):
    objects = []
    for linker_input in ctx.attr.library[0][CcInfo].linking_context.linker_inputs.to_list():
        for library in linker_input.libraries:
            objects += library.objects
    return [DefaultInfo(files = depset(objects))]

objects_of = rule(
    implementation = _objects_of_impl,
    attrs = {
        "kernel": attr.label(
            doc = "Always None: the kernel that `--//kmod_rules:kernel` chooses.",
        ),
        "library": attr.label(
            cfg = in_kernel,
            mandatory = True,
            doc = "The library whose objects are shipped.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    doc = "Gives the objects of a library as files.",
)
