# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The repository rule that lists the mirrors for programs."""

load(":mirrors.bzl", "MIRROR_VARIABLE", "find_mirrors")

def _mirrors_repository_impl(rctx):
    rctx.file("mirrors.txt", "".join([mirror + "\n" for mirror in find_mirrors(rctx)]), executable = False)
    rctx.file("BUILD.bazel", "exports_files([\"mirrors.txt\"])\n", executable = False)

mirrors_repository = repository_rule(
    implementation = _mirrors_repository_impl,
    attrs = {
        "mirrors": attr.string_list(
            doc = "Addresses of mirrors to try before those of apt's configuration, such as `[\"http://mirror.example/debian\"]`.",
        ),
    },
    environ = [MIRROR_VARIABLE],
    # apt's configuration may change, and reading it again is cheap.
    local = True,
    doc = "Writes the mirrors that packages are downloaded from into `mirrors.txt`, one address per line.",
)
