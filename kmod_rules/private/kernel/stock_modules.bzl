# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule stock_modules, which describes the modules that a kernel's own packages have."""

load("//kmod_rules:providers.bzl", "StockModulesInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

def _stock_modules_impl(ctx):
    directory = ctx.file.directory
    if not directory:
        return [StockModulesInfo(directory = None, index = None)]
    if not directory.path.endswith("/lib/modules/" + ctx.attr.release):
        fail("{}: the attribute modules of kernel_repository is {}, which is not the directory of the modules of {}. Name lib/modules/{} of the unpacked packages.".format(label_text(ctx.label), directory.path, ctx.attr.release, ctx.attr.release))
    index = ctx.actions.declare_directory(ctx.label.name + ".index")
    args = ctx.actions.args()
    args.add("--label={}".format(label_text(ctx.label)))
    args.add("--release=" + ctx.attr.release)
    args.add("--directory=" + directory.path)
    args.add("--depmod={}/usr/sbin/depmod".format(ctx.file._module_tools.path))
    args.add("--output=" + index.path)
    ctx.actions.run(
        executable = ctx.executable._index_modules,
        arguments = [args],
        inputs = [directory, ctx.file._module_tools],
        outputs = [index],
        env = {},
        mnemonic = "Depmod",
        progress_message = "Indexing the modules of {}".format(ctx.attr.release),
    )
    return [
        DefaultInfo(files = depset([directory])),
        OutputGroupInfo(index = depset([index])),
        StockModulesInfo(directory = directory, index = index),
    ]

stock_modules = rule(
    implementation = _stock_modules_impl,
    attrs = {
        "directory": attr.label(
            allow_single_file = True,
            doc = "The directory lib/modules/RELEASE, such as `\"@debian12_amd64_image//:root/usr/lib/modules/6.1.0-50-amd64\"`. Without it, the kernel's modules are not there.",
        ),
        "release": attr.string(
            mandatory = True,
            doc = "The release of the kernel, such as `\"6.1.0-50-amd64\"`.",
        ),
        "_index_modules": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:index_modules"),
            executable = True,
        ),
        "_module_tools": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_module_tools//:root"),
        ),
    },
    provides = [StockModulesInfo],
    doc = "The modules of a kernel's own packages, with an index by depmod. `kernel_repository` declares one for each kernel.",
)
