# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A rule that does what no rule should: it writes the folder or the time of the build into a header."""

_SCRIPTS = {
    "path": "echo \"#define BUILD_PATH \\\"$PWD\\\"\" > $0",
    # A dynamic program, as all are that kbuild calls: its clock is one that can be changed.
    "time": "echo \"#define BUILD_TIME $($1 +%s)\" > $0",
}

def _unhermetic_header_impl(ctx):
    ctx.actions.run(
        executable = ctx.executable._busybox,
        arguments = ["sh", "-c", _SCRIPTS[ctx.attr.of], ctx.outputs.out.path, ctx.file._kbuild_tools.path + "/usr/bin/date"],
        inputs = [ctx.file._kbuild_tools],
        outputs = [ctx.outputs.out],
        mnemonic = "UnhermeticHeader",
    )

unhermetic_header = rule(
    implementation = _unhermetic_header_impl,
    attrs = {
        "of": attr.string(
            mandatory = True,
            doc = "What the header defines: BUILD_PATH or BUILD_TIME.",
            values = ["path", "time"],
        ),
        "out": attr.output(
            mandatory = True,
            doc = "The header.",
        ),
        "_busybox": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = Label("@kmod_busybox//:bin/busybox"),
            executable = True,
        ),
        "_kbuild_tools": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = Label("@kmod_kbuild_gcc12//:root"),
        ),
    },
    doc = "A header that depends on where or when it is made.",
)
