# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule release_archive: the archive that a release of the project publishes."""

load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

def _release_archive_impl(ctx):
    stem = "rules_kmod-" + ctx.attr.version
    archive = ctx.actions.declare_file(stem + ".tar.gz")
    checksum = ctx.actions.declare_file(stem + ".tar.gz.sha256")
    usage = ctx.actions.declare_file(stem + ".md")
    args = ctx.actions.args()
    args.add(ctx.attr.version, format = "--version=%s")
    args.add(ctx.file.manifest, format = "--manifest=%s")
    args.add(ctx.files.srcs[0].dirname, format = "--files=%s")
    args.add(ctx.file._tools.path, format = "--tar=%s/usr/bin/tar")
    args.add(ctx.file._busybox, format = "--busybox=%s")
    args.add(archive, format = "--output=%s")
    args.add(checksum, format = "--checksum=%s")
    args.add(usage, format = "--usage=%s")
    ctx.actions.run(
        executable = ctx.executable._write_release_archive,
        arguments = [args],
        inputs = ctx.files.srcs + [ctx.file.manifest, ctx.file._tools, ctx.file._busybox],
        outputs = [archive, checksum, usage],
        env = {},
        mnemonic = "ReleaseArchive",
        progress_message = "Writing the release archive {}".format(archive.short_path),
    )
    return [DefaultInfo(files = depset([archive, checksum, usage]))]

release_archive = rule(
    implementation = _release_archive_impl,
    attrs = {
        "manifest": attr.label(
            allow_single_file = True,
            doc = "The list of the files: `MODE NUMBER PATH` a line, with git's mode.",
            mandatory = True,
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "The files, which have their numbers for names.",
            mandatory = True,
        ),
        "version": attr.string(
            doc = "The version, such as `0.1.0`.",
            mandatory = True,
        ),
        "_busybox": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_busybox//:bin/busybox"),
        ),
        "_tools": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_module_tools//:root"),
        ),
        "_write_release_archive": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules/private/release:write_release_archive"),
            executable = True,
        ),
    },
    doc = "Packs the project's files as rules_kmod-VERSION.tar.gz, with its checksum and the lines that a workspace needs.",
)
