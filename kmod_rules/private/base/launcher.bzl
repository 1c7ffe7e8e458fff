# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The executable of a rule whose program needs flags."""

load("@bazel_skylib//lib:shell.bzl", "shell")

def write_launcher(ctx, words):
    """Declares an action that writes the target's executable, a script that starts a program with flags.

    Args:
      ctx: (ctx) of a rule.
      words: (list[string]) the program and its flags, with paths relative to the runfiles directory.

    Returns:
      (File)
    """
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec {} \"$@\"\n".format(" \\\n  ".join([shell.quote(word) for word in words])),
        is_executable = True,
    )
    return launcher
