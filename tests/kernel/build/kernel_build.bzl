# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_build, which builds a kernel from Debian's source package."""

def _kernel_build_impl(ctx):
    tree = ctx.actions.declare_file(ctx.label.name + ".tar")
    image = ctx.actions.declare_file(ctx.label.name + "/bzImage")
    ctx.actions.run(
        executable = ctx.executable._build_kernel,
        arguments = [
            ctx.file.tools.path,
            ctx.file.source.path,
            ctx.file.config.path,
            tree.path,
            image.path,
        ],
        inputs = [ctx.file.config, ctx.file.source, ctx.file.tools],
        outputs = [tree, image],
        env = {},
        mnemonic = "KernelBuild",
        progress_message = "Building the kernel {}".format(ctx.label),
    )
    return [
        DefaultInfo(files = depset([tree, image])),
        OutputGroupInfo(image = depset([image]), tree = depset([tree])),
    ]

kernel_build = rule(
    implementation = _kernel_build_impl,
    attrs = {
        "config": attr.label(
            allow_single_file = True,
            doc = "The options that differ from `make allnoconfig`, such as `small.config`.",
            mandatory = True,
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
            default = Label("//tests/kernel/build:build_kernel.sh"),
            executable = True,
        ),
    },
    doc = """Builds a kernel, in one action.

The outputs are NAME.tar, a build tree for modules as distributions pack it, below usr/src/kernels/RELEASE, and
NAME/bzImage, the image. Example:

```
kernel_build(
    name = "small",
    config = "small.config",
    tags = ["manual"],
)
```
""",
)
