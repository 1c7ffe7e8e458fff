# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Damaged and large files."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

DAMAGE_ATTRS = {
    "place": attr.string(
        doc = "The part to damage; damage_file.cc lists the parts.",
        mandatory = True,
    ),
    "_damage_file": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = "//tests/vm_faults/damage:damage_file",
        executable = True,
    ),
}

def damage(ctx, file, output):
    """Declares the action that writes a damaged copy.

    Args:
      ctx: (ctx) of a rule with DAMAGE_ATTRS.
      file: (File) what to damage.
      output: (File) the copy.
    """
    args = ctx.actions.args()
    args.add(file, format = "--input=%s")
    args.add(output, format = "--output=%s")
    args.add(ctx.attr.place, format = "--place=%s")
    ctx.actions.run(
        executable = ctx.executable._damage_file,
        arguments = [args],
        inputs = [file],
        outputs = [output],
        env = {},
        mnemonic = "Damage",
        progress_message = "Damaging {} for {}".format(file.short_path, label_text(ctx.label)),
    )

def _damaged_file_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name + ".damaged")
    damage(ctx, ctx.file.src, output)
    return [DefaultInfo(files = depset([output]))]

damaged_file = rule(
    implementation = _damaged_file_impl,
    attrs = dict(DAMAGE_ATTRS, **{
        "src": attr.label(
            allow_single_file = True,
            mandatory = True,
        ),
    }),
    doc = "A damaged copy of a file.",
)

def _large_file_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name)
    args = ctx.actions.args()
    args.add(output, format = "--output=%s")
    args.add(ctx.attr.mib, format = "--mib=%s")
    ctx.actions.run(
        executable = ctx.executable._large_file,
        arguments = [args],
        outputs = [output],
        env = {},
        mnemonic = "LargeFile",
        progress_message = "Writing the large file {}".format(label_text(ctx.label)),
    )
    return [DefaultInfo(files = depset([output]))]

large_file = rule(
    implementation = _large_file_impl,
    attrs = {
        "mib": attr.int(
            doc = "Its size in MiB.",
            mandatory = True,
        ),
        "_large_file": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = "//tests/vm_faults/damage:large_file",
            executable = True,
        ),
    },
    doc = "A file of zeros.",
)
