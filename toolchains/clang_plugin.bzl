# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A shared object that a program of the pinned Clang loads.

The hosted toolchain links static programs only. A plugin takes every symbol that it lacks, those of the
C++ library among them, from the program that loads it.
"""

load("@rules_cc//cc:defs.bzl", "CcInfo")

def _clang_plugin_impl(ctx):
    # The first one is the library itself; its dependencies have only headers.
    archive = ctx.attr.library[CcInfo].linking_context.linker_inputs.to_list()[0].libraries[0].static_library
    plugin = ctx.actions.declare_file(ctx.label.name + ".so")
    args = ctx.actions.args()
    args.add_all(["-shared", "--build-id=none", "--whole-archive", archive, "-o", plugin])
    ctx.actions.run(
        executable = ctx.file._clang.path + "/usr/bin/ld.lld-19",
        arguments = [args],
        inputs = [archive, ctx.file._clang],
        outputs = [plugin],
        env = {},
        mnemonic = "ClangPlugin",
        progress_message = "Linking Clang plugin %s" % ctx.label,
    )
    return [DefaultInfo(files = depset([plugin]), runfiles = ctx.runfiles([plugin]))]

clang_plugin = rule(
    implementation = _clang_plugin_impl,
    attrs = {
        "library": attr.label(
            mandatory = True,
            providers = [CcInfo],
            doc = "The plugin's code, compiled with `-fPIC`.",
        ),
        "_clang": attr.label(
            allow_single_file = True,
            default = Label("@kmod_clang//:root"),
        ),
    },
    doc = "Links a `cc_library` as a plugin of Clang.",
)
