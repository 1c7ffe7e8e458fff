# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule archive_members: files of a large archive of sources, as outputs of a target."""

def _archive_members_impl(ctx):
    tools = ctx.file._tools.path + "/usr/bin/"
    directory = "{}/{}".format(ctx.bin_dir.path, ctx.label.package)
    arguments = [
        "--extract",
        "--file=" + ctx.file.archive.path,
        "--use-compress-program={}xz".format(tools),
        "--directory=" + directory,
        "--strip-components=1",
        "--touch",
    ]
    ctx.actions.run(
        executable = tools + "tar",
        arguments = arguments + ["{}/{}".format(ctx.attr.folder, output.name) for output in ctx.attr.outs],
        inputs = [ctx.file.archive, ctx.file._tools],
        outputs = ctx.outputs.outs,
        env = {},
        mnemonic = "ArchiveMembers",
        progress_message = "Unpacking {} files of {}".format(len(ctx.outputs.outs), ctx.file.archive.basename),
    )
    return [DefaultInfo(files = depset(ctx.outputs.outs))]

archive_members = rule(
    implementation = _archive_members_impl,
    attrs = {
        "archive": attr.label(
            allow_single_file = [".tar.xz"],
            doc = "The archive, such as `@kmod_linux_source//:root/usr/src/linux-source-6.1.tar.xz`.",
            mandatory = True,
        ),
        "folder": attr.string(
            doc = "The folder of the archive that has everything, such as `linux-source-6.1`.",
            mandatory = True,
        ),
        "outs": attr.output_list(
            doc = "The files by their paths below that folder, such as `[\"samples/Makefile\"]`.",
            mandatory = True,
        ),
        "_tools": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = "@kmod_module_tools//:root",
        ),
    },
    doc = "Unpacks files of an archive in one action.",
)
