# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""How objects of Rust take part in the link of a module: as the libraries of C and C++ do."""

load("@rules_cc//cc:defs.bzl", "cc_common")
load("//kmod_rules/private/module/link:link_objects.bzl", "COLLECT_SECTIONS")

CRATE_LINK_ATTRS = {
    "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
}

def link_crate(ctx, cc_toolchain, objects):
    """Makes the linking context of objects of Rust.

    Args:
      ctx: (ctx) of a rule that has CRATE_LINK_ATTRS.
      cc_toolchain: (CcToolchainInfo) that of the kernel.
      objects: (list[File]) the objects.

    Returns:
      (LinkingContext) of CcInfo. The link of a module drops what it does not use.
    """
    linking_context, _ = cc_common.create_linking_context_from_compilation_outputs(
        actions = ctx.actions,
        name = ctx.label.name,
        cc_toolchain = cc_toolchain,
        compilation_outputs = cc_common.create_compilation_outputs(
            objects = depset(objects),
            pic_objects = depset(),
        ),
        disallow_dynamic_library = True,
        feature_configuration = cc_common.configure_features(ctx = ctx, cc_toolchain = cc_toolchain),
        # One object has all of core, a section for each function.
        user_link_flags = [COLLECT_SECTIONS],
    )
    return linking_context
