# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A locale in which every byte is a character, so that Bazel 4 accepts any path."""

load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

# localedef starts gzip to read a compressed character map, and looks for it in PATH.
_SCRIPT = """
set -e
busybox=$0 root=$1 output=$2
"$busybox" gunzip -c "$root/usr/share/i18n/charmaps/ISO-8859-1.gz" > "$output/charmap"
I18NPATH=$root/usr/share/i18n "$root/usr/bin/localedef" --no-archive -i de_DE -f "$output/charmap" "$output/de_DE.ISO-8859-1"
"$busybox" rm "$output/charmap"
"""

def _latin1_locale_impl(ctx):
    output = ctx.actions.declare_directory(ctx.label.name)
    busybox = ctx.executable._busybox
    ctx.actions.run(
        executable = busybox,
        arguments = ["sh", "-c", _SCRIPT, busybox.path, ctx.file._root.path, output.path],
        inputs = [ctx.file._root],
        outputs = [output],
        mnemonic = "Localedef",
        progress_message = "Compiling the locale de_DE.ISO-8859-1",
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

latin1_locale = rule(
    implementation = _latin1_locale_impl,
    attrs = {
        "_busybox": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_busybox//:bin/busybox"),
            executable = True,
        ),
        "_root": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_locale//:root"),
        ),
    },
    doc = """A folder with the locale de_DE.ISO-8859-1, for the environment variable LOCPATH.

Its language and its decimal comma differ from the locales of most machines.""",
)
