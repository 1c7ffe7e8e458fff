# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel, which describes a kernel to the other rules."""

load("//kmod_rules:providers.bzl", "KernelInfo")

def _kernel_impl(ctx):
    return [
        DefaultInfo(files = depset([ctx.file.tree])),
        KernelInfo(
            build_directory = ctx.attr.build_directory,
            compiler = ctx.attr.compiler,
            cxx_flags = tuple(ctx.attr.cxx_flags),
            delays_objtool = ctx.attr.delays_objtool,
            label = ctx.label,
            objtool_args = tuple(ctx.attr.objtool_args),
            release = ctx.attr.release,
            symvers = ctx.file.symvers,
            tools = ctx.file.tools,
            tree = ctx.file.tree,
        ),
    ]

kernel = rule(
    implementation = _kernel_impl,
    attrs = {
        "build_directory": attr.string(
            mandatory = True,
            doc = "The kernel's build directory below `tree`, such as `usr/src/linux-headers-6.1.0-50-amd64`.",
        ),
        "compiler": attr.string(
            mandatory = True,
            doc = "The C compiler that built the kernel, such as `gcc-12`.",
        ),
        "cxx_flags": attr.string_list(
            doc = "Clang's flags for C++ that runs in this kernel, such as `[\"-mcmodel=kernel\"]`.",
        ),
        "delays_objtool": attr.bool(
            default = True,
            doc = "Whether kbuild can run objtool over a linked module, which it can since Linux 5.17.",
        ),
        "objtool_args": attr.string_list(
            doc = "The arguments that kbuild runs objtool with, such as `[\"--orc\"]`.",
        ),
        "release": attr.string(
            mandatory = True,
            doc = "The release of the kernel, which `uname -r` prints, such as `6.1.0-50-amd64`.",
        ),
        "symvers": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "Module.symvers of `tree`, such as `:symvers`, for actions that need only this file of the tree.",
        ),
        "tools": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The tree with the compiler, binutils, make and the shell, such as `@kmod_kbuild_gcc12//:root`.",
        ),
        "tree": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The tree with the kernel's headers and kbuild, such as `root`: one source directory, because 13,000 single inputs cost seconds per action.",
        ),
    },
    provides = [KernelInfo],
    doc = "A kernel that modules are built for. `kernel_repository` declares one for each kernel.",
)
