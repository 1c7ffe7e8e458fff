# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""How objects that no C++ rule compiled take part in the link of a module, as those of a cc_library do."""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("@rules_cc//cc:defs.bzl", "cc_common")

# A rule with it also has the toolchain of C++ and the fragment cpp.
LINKING_CONTEXT_ATTRS = {
    "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
}

def linking_context_of(ctx, objects, linkopts = []):
    """Makes the linking context of objects.

    Args:
      ctx: (ctx) of a rule that has LINKING_CONTEXT_ATTRS.
      objects: (list[File]) the objects.
      linkopts: (list[string]) as those of a cc_library.

    Returns:
      (LinkingContext) for CcInfo.
    """
    toolchain = find_cpp_toolchain(ctx)
    linking_context, _ = cc_common.create_linking_context_from_compilation_outputs(
        actions = ctx.actions,
        name = ctx.label.name,
        cc_toolchain = toolchain,
        compilation_outputs = cc_common.create_compilation_outputs(
            objects = depset(objects),
            pic_objects = depset(),
        ),
        disallow_dynamic_library = True,
        feature_configuration = cc_common.configure_features(ctx = ctx, cc_toolchain = toolchain),
        user_link_flags = linkopts,
    )
    return linking_context
