# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule hosted_standard_library: the standard library's headers for programs, parsed once."""

load(":header_module.bzl", "precompile_headers")
load(":hosted_flags.bzl", "HOSTED_ATTRS", "hosted_flags")
load(":hosted_standard_headers.bzl", "INTERNAL_HEADERS", "MACHINE_HEADERS", "PUBLIC_HEADERS")

# Bazel gives this flag to each tool.
_TOOLS_FLAG = "-g0"

def _hosted_standard_library_impl(ctx):
    flags = hosted_flags(ctx.file.clang, ctx.file.sysroot)
    include = ctx.file.sysroot.path + "/usr/include/"
    libraries = [
        precompile_headers(
            ctx,
            clang = ctx.file.clang,
            flags = flags.all + flags.cxx,
            headers = [
                ("header", include + "c++/12/", PUBLIC_HEADERS + INTERNAL_HEADERS),
                ("header", include + "x86_64-linux-gnu/c++/12/", MACHINE_HEADERS),
            ],
            inputs = depset([ctx.file.sysroot]),
            own_flag = own_flag,
            purpose = purpose,
        )
        for own_flag, purpose in [(None, "programs"), (_TOOLS_FLAG, "tools")]
    ]
    return [DefaultInfo(files = depset(libraries))]

hosted_standard_library = rule(
    implementation = _hosted_standard_library_impl,
    attrs = HOSTED_ATTRS,
    doc = "Compiles the standard library's headers for programs, as header modules of Clang: one for programs, one for tools.",
)
