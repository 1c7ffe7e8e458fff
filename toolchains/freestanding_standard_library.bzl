# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule freestanding_standard_library: the freestanding standard library's headers, parsed once for each kernel."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load(":clang.bzl", "RESOURCE_DIRECTORY")
load(":freestanding_flags.bzl", "FREESTANDING_ATTRS", "freestanding_flags")
load(":freestanding_standard_headers.bzl", "COMPILER_HEADERS", "INTERNAL_HEADERS", "MACHINE_HEADERS", "MACHINE_TEXTUAL_HEADERS", "PUBLIC_HEADERS", "TEXTUAL_HEADERS", "WRAPPING_HEADERS")
load(":header_module.bzl", "precompile_headers")

def _freestanding_standard_library_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    flags = freestanding_flags(kernel, ctx.file.clang, ctx.file.libstdcxx, ctx.file.configuration)
    include = ctx.file.libstdcxx.path + "/usr/include/"
    wrapped = ctx.file.configuration.dirname.rpartition("/")[0] + "/"
    library = precompile_headers(
        ctx,
        checks = ["-Wsystem-headers", "-Werror=non-modular-include-in-module"],
        clang = ctx.file.clang,
        flags = flags.clang + flags.kernel + flags.freestanding + flags.cxx + flags.cxx_library,
        headers = [
            ("header", wrapped, WRAPPING_HEADERS),
            ("header", include + "c++/14/", PUBLIC_HEADERS + INTERNAL_HEADERS),
            ("header", include + "x86_64-linux-gnu/c++/14/", MACHINE_HEADERS),
            ("textual header", include + "c++/14/", TEXTUAL_HEADERS),
            ("textual header", include + "x86_64-linux-gnu/c++/14/", MACHINE_TEXTUAL_HEADERS),
            # They are made to be read several times, each time for other names.
            ("textual header", ctx.file.clang.path + "/" + RESOURCE_DIRECTORY + "/include/", COMPILER_HEADERS),
        ],
        inputs = depset([ctx.file.libstdcxx], transitive = [ctx.attr._configuration_files.files]),
        purpose = kernel.release,
    )
    return [DefaultInfo(files = depset([library]))]

freestanding_standard_library = rule(
    implementation = _freestanding_standard_library_impl,
    attrs = dicts.add(FREESTANDING_ATTRS, {
        "_configuration_files": attr.label(
            default = Label("//runtime:standard_library_configuration"),
        ),
    }),
    doc = "Compiles the standard library's headers for a kernel, as a header module of Clang.",
)
