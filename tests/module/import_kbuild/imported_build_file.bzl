# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The BUILD file that import_kbuild writes for a directory of this package."""

load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

def _imported_build_file_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name)
    kernel = ctx.attr._kernel[KernelInfo]
    args = ctx.actions.args()
    args.add("--kernel-root=" + kernel.tree.path)
    args.add("--kernel-build=" + kernel.build_directory)
    args.add("--tools-root=" + kernel.tools.path)
    args.add("--compiler=" + kernel.compiler)
    args.add("--release=" + kernel.release)
    args.add("--rules=@rules_kmod")
    args.add(output, format = "--output=%s")
    args.add("{}/{}".format(ctx.label.package, ctx.attr.directory))
    args.add_all(ctx.attr.variables)
    ctx.actions.run(
        executable = ctx.executable._program,
        arguments = [args],
        inputs = ctx.files.srcs + [kernel.tree, kernel.tools],
        outputs = [output],
        env = {},
        mnemonic = "ImportKbuild",
        progress_message = "Writing the BUILD file of {}".format(ctx.attr.directory),
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

imported_build_file = rule(
    implementation = _imported_build_file_impl,
    attrs = {
        "directory": attr.string(
            doc = "The directory, such as `projects/plain`.",
            mandatory = True,
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "The directory's files, such as `glob([\"projects/plain/**\"])`.",
        ),
        "variables": attr.string_list(
            doc = "Variables for make, such as `[\"PLAIN_LEVEL=4\"]`.",
        ),
        "_kernel": attr.label(
            default = "//kmod_rules:kernel",
            providers = [KernelInfo],
        ),
        "_program": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = "//kmod_rules/private/module/import_kbuild:import_kbuild_program",
            executable = True,
        ),
    },
    doc = "Runs import_kbuild in an action.",
)
