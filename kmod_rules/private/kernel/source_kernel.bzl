# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The repository rule source_kernel, which makes a kernel from source and a configuration."""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")
load("//kmod_rules/private/packages:sysroot.bzl", "ROOT")
load(":probe.bzl", "directory_path")
load(":write_kernel.bzl", "TREE_ATTRS", "move_kernel", "write_kernel")

_TREE = "linux"

_BUILD = """
# Compiles the kernel, for its image and for the symbols that it exports.
kernel_build(
    name = "build",
    configs = {configs},
    make_variables = {make_variables},
    source = {source},
    tags = ["manual"],
    tools = {build_tools},
)
"""

def _prepare(rctx):
    """Writes the tree that modules are built with, without a compiled kernel."""
    tools = directory_path(rctx, rctx.attr.build_tools)
    rctx.report_progress("preparing the kernel's tree")
    result = rctx.execute(
        [
            rctx.path(rctx.attr._busybox),
            "env",
            "-i",
            "{}/usr/bin/sh".format(tools),
            rctx.path(rctx.attr._build_kernel),
            "prepare",
            tools,
            rctx.path(rctx.attr.source),
        ] + [rctx.path(config) for config in rctx.attr.configs] + [
            "--",
            "{}/{}".format(ROOT, _TREE),
        ],
        timeout = 1800,
    )
    if result.return_code:
        fail("{}: the kernel's tree cannot be prepared from {} with {}:\n{}{}".format(
            repository_text(rctx.name),
            rctx.attr.source,
            " and ".join([str(config) for config in rctx.attr.configs]),
            result.stdout,
            result.stderr,
        ))

def _source_kernel_impl(rctx):
    _prepare(rctx)
    move_kernel(rctx, ROOT, _TREE)

    # GCC calls this function in each module for a kernel with KCSAN, the probe of write_kernel() included. Modules
    # take it from the compiled kernel's file.
    symvers = "{}/{}/Module.symvers".format(ROOT, _TREE)
    rctx.file(symvers, "0x00000000\t__tsan_init\tvmlinux\tEXPORT_SYMBOL\t\n", executable = False)
    write_kernel(
        rctx,
        "source_kernel",
        _TREE,
        rctx.read("{}/{}/include/config/kernel.release".format(ROOT, _TREE)).strip(),
        build = struct(
            name = "build",
            text = _BUILD.format(
                build_tools = repr(str(rctx.attr.build_tools)),
                configs = repr([str(config) for config in rctx.attr.configs]),
                make_variables = repr(rctx.attr.make_variables),
                source = repr(str(rctx.attr.source)),
            ),
        ),
    )
    rctx.file(symvers, "", executable = False)

source_kernel = repository_rule(
    implementation = _source_kernel_impl,
    attrs = dict(TREE_ATTRS, **{
        "build_tools": attr.label(
            mandatory = True,
            doc = "The tree with what building a kernel needs, such as `@kmod_kernel_build//:root`.",
        ),
        "configs": attr.label_list(
            allow_empty = False,
            mandatory = True,
            doc = "The files with the options that differ from `make allnoconfig`, such as `virtual_machine.config` and `debugging.config`.",
        ),
        "make_variables": attr.string_list(
            doc = "Variables for make where the kernel is compiled, such as `[\"CFLAGS_UBSAN=\"]`. Modules are built without them.",
        ),
        "source": attr.label(
            mandatory = True,
            doc = "The kernel's source, an archive with one directory.",
        ),
        "_build_kernel": attr.label(default = Label("//kmod_rules/private/kernel/build:build_kernel.sh")),
    }),
    doc = "Makes a kernel from source and a configuration. The fetch prepares the tree that modules are built with, and asks kbuild for its flags. The kernel itself is compiled by an action, when a build needs it.",
)
