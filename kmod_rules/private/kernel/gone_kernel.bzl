# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule gone_kernel, from which the C++ toolchain of a kernel takes its flags when the kernel is gone."""

load("//kmod_rules:providers.bzl", "KernelInfo")

def _gone_kernel_impl(ctx):
    return [KernelInfo(
        build_directory = "",
        compiler = "",
        # Clang refuses it: nothing can be compiled for this kernel.
        cxx_flags = ("--rules-kmod-packages-of-this-kernel-are-gone",),
        delays_objtool = True,
        label = ctx.label,
        objtool_args = (),
        release = "gone",
        symvers = None,
        tools = None,
        tree = None,
    )]

gone_kernel = rule(
    implementation = _gone_kernel_impl,
    doc = "A kernel without files, for which nothing compiles.",
)
