# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rules kernel_build, which builds a kernel from source, and kernel_build_file, which is one of its outputs."""

load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

def _kernel_build_impl(ctx):
    tree = ctx.actions.declare_file(ctx.label.name + ".tar")
    image = ctx.actions.declare_file(ctx.label.name + "/bzImage")
    symvers = ctx.actions.declare_file(ctx.label.name + "/Module.symvers")
    ctx.actions.run(
        executable = ctx.executable._build_kernel,
        arguments = [
            "build",
            ctx.file.tools.path,
            ctx.file.source.path,
        ] + [config.path for config in ctx.files.configs] + [
            "--",
            tree.path,
            image.path,
            symvers.path,
        ] + ctx.attr.make_variables,
        inputs = ctx.files.configs + [ctx.file.source, ctx.file.tools],
        outputs = [tree, image, symvers],
        env = {},
        mnemonic = "KernelBuild",
        progress_message = "Building the kernel {}".format(ctx.label),
    )
    return [
        DefaultInfo(files = depset([tree, image, symvers])),
        OutputGroupInfo(
            image = depset([image]),
            symvers = depset([symvers]),
            tree = depset([tree]),
        ),
    ]

kernel_build = rule(
    implementation = _kernel_build_impl,
    attrs = {
        "configs": attr.label_list(
            allow_empty = False,
            allow_files = True,
            doc = "The files with the options that differ from `make allnoconfig`, such as `virtual_machine.config` and `debugging.config`.",
            mandatory = True,
        ),
        "make_variables": attr.string_list(
            doc = "Variables for make, such as `[\"CFLAGS_UBSAN=\"]` for a kernel whose own code is compiled without UBSAN.",
        ),
        "source": attr.label(
            allow_single_file = True,
            default = Label("@kmod_linux_source//:root/usr/src/linux-source-6.1.tar.xz"),
            doc = "The kernel's source, an archive with one directory, such as `@kmod_linux_source//:root/usr/src/linux-source-6.1.tar.xz`.",
        ),
        "tools": attr.label(
            allow_single_file = True,
            default = Label("@kmod_kernel_build//:root"),
            doc = "The tree of the compiler and the programs, such as `@kmod_kernel_build//:root`.",
        ),
        "_build_kernel": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = Label("//kmod_rules/private/kernel/build:build_kernel.sh"),
            executable = True,
        ),
    },
    doc = """Builds a kernel, in one action.

The outputs are NAME.tar, a build tree for modules as distributions pack it, below usr/src/kernels/RELEASE,
NAME/bzImage, the image, and NAME/Module.symvers. Example:

```
kernel_build(
    name = "small",
    configs = ["small.config"],
    tags = ["manual"],
)
```
""",
)

def _kernel_build_file_impl(ctx):
    return [DefaultInfo(files = ctx.attr.build[OutputGroupInfo][ctx.attr.file])]

kernel_build_file = rule(
    implementation = _kernel_build_file_impl,
    attrs = {
        "build": attr.label(
            # One for all kernels, tests and flags: the action takes minutes.
            cfg = TOOL_CONFIGURATION,
            doc = "A kernel_build target, such as `:small`.",
            mandatory = True,
        ),
        "file": attr.string(
            doc = "Which of its outputs: `image`, `symvers` or `tree`.",
            mandatory = True,
            values = ["image", "symvers", "tree"],
        ),
    },
    doc = "One output of a kernel_build, in the configuration of tools.",
)
