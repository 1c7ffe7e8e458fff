# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The flags of Clang for programs, in every compilation mode."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load(":clang.bzl", "CLANG_ATTRS", "clang_flags")

def hosted_flags(clang, sysroot):
    """Returns the flags with which programs are compiled.

    Args:
      clang: (File) the compiler's tree.
      sysroot: (File) the tree with the C and C++ libraries.

    Returns:
      (struct) lists of strings: `target` for compiling and linking, `all` for all code, `cxx` for C++ in addition.
    """
    target = ["--target=x86_64-linux-gnu", "--sysroot=" + sysroot.path]
    return struct(
        all = target + clang_flags(clang, [clang, sysroot]) + ["-Wall", "-Wextra", "-fno-omit-frame-pointer"],
        cxx = ["-std=c++23"],
        target = target,
    )

# What hosted_flags() takes, as attributes of a rule.
HOSTED_ATTRS = dicts.add(CLANG_ATTRS, {
    "sysroot": attr.label(
        allow_single_file = True,
        mandatory = True,
        doc = "The tree with the C and C++ libraries and their headers, such as `@kmod_hosted//:root`: a source directory.",
    ),
})
