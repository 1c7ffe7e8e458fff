# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule joined_files: a file with the contents of others, one after another."""

load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

def _joined_files_impl(ctx):
    busybox = ctx.executable._busybox
    output = ctx.outputs.out
    ctx.actions.run(
        executable = busybox,
        arguments = ["sh", "-c", "out=$0; \"$@\" > \"$out\"", output.path, busybox.path, "cat"] + [file.path for file in ctx.files.srcs],
        inputs = ctx.files.srcs,
        outputs = [output],
        env = {},
        mnemonic = "JoinFiles",
        progress_message = "Joining {} files as {}".format(len(ctx.files.srcs), output.short_path),
    )
    return [DefaultInfo(files = depset([output]))]

joined_files = rule(
    implementation = _joined_files_impl,
    attrs = {
        "out": attr.output(
            doc = "The file, such as `\"vendor/Module.symvers\"`.",
            mandatory = True,
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "The files to join, such as `[\":bus_symvers\", \":card_symvers\"]`.",
            mandatory = True,
        ),
        "_busybox": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_busybox//:bin/busybox"),
            executable = True,
        ),
    },
    doc = "Joins files with a pinned program, unlike a genrule, which runs those of the host.",
)
