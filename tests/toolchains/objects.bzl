# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rules kernel_objects and hosted_objects, which give the objects of a library as files."""

load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "in_kernel")

def _objects_impl(ctx):
    library = ctx.attr.library
    library = library[0] if type(library) == "list" else library
    objects = []
    for linker_input in library[CcInfo].linking_context.linker_inputs.to_list():
        if linker_input.owner == library.label:
            for each in linker_input.libraries:
                objects += each.objects
    return [DefaultInfo(files = depset(objects), runfiles = ctx.runfiles(objects))]

kernel_objects = rule(
    implementation = _objects_impl,
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

hosted_objects = rule(
    implementation = _objects_impl,
    attrs = {
        "library": attr.label(
            doc = "The library, such as `:sample`.",
            mandatory = True,
            providers = [CcInfo],
        ),
    },
    doc = "Compiles a library for programs, and gives its objects as files.",
)
