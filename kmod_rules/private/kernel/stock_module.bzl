# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule stock_module: a module of a kernel's own packages, for module_deps."""

load("//kmod_rules:providers.bzl", "KernelInfo", "StockModuleInfo", "StockModulesInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":kernel_transition.bzl", "modules_of_kernel")

_FILE_ENDINGS = [".ko", ".ko.gz", ".ko.xz", ".ko.zst"]

def check_stock_module_name(name, label, fail = fail):
    """Refuses what cannot be a name or alias of a module.

    Args:
      name: (string) the name.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """

    # "=" separates it from a label on the command line of write_initramfs.
    if [c for c in name.elems() if c in "= \t\n"] or [end for end in _FILE_ENDINGS if name.endswith(end)]:
        word = name.rpartition("/")[2].partition(".ko")[0]
        fail("{}: module \"{}\" is neither a module's name nor an alias. Write it as modprobe takes it, such as \"{}\".".format(label_text(label), name, "loop" if "=" in word or " " in word else word))

def _stock_module_impl(ctx):
    module = ctx.attr.module or ctx.label.name
    check_stock_module_name(module, ctx.label)
    kernel = ctx.attr._kernel[KernelInfo]
    stock = ctx.attr._stock_modules[0][StockModulesInfo]
    if not stock.directory:
        # Building does not need the kernel's modules; a test says that they are missing.
        return [StockModuleInfo(label = ctx.label, listing = None, module = module)]
    listing = ctx.actions.declare_file(ctx.label.name + ".stock_module")
    args = ctx.actions.args()
    args.add("--label={}".format(label_text(ctx.label)))
    args.add("--kernel={}".format(label_text(kernel.label)))
    args.add("--release=" + kernel.release)
    args.add(stock.index.path, format = "--index=%s")
    args.add("--module=" + module)
    args.add(listing, format = "--output=%s")
    ctx.actions.run(
        executable = ctx.executable._find_stock_module,
        arguments = [args],
        inputs = [stock.index],
        outputs = [listing],
        env = {},
        mnemonic = "FindStockModule",
        progress_message = "Finding the module {} of {}".format(module, kernel.release),
    )
    return [
        DefaultInfo(files = depset([listing])),
        StockModuleInfo(label = ctx.label, listing = listing, module = module),
    ]

stock_module = rule(
    implementation = _stock_module_impl,
    attrs = {
        "module": attr.string(
            doc = "The name of the module, or an alias of it, as modprobe takes it, such as `\"crc-itu-t\"` or `\"fs-configfs\"`. The default is the target's name.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_find_stock_module": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:find_stock_module"),
            executable = True,
        ),
        "_kernel": attr.label(
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
        "_stock_modules": attr.label(
            cfg = modules_of_kernel,
            default = Label("//kmod_rules:kernel_modules"),
            providers = [StockModulesInfo],
        ),
    },
    provides = [StockModuleInfo],
    doc = """A module of the kernel's own packages, for `module_deps`.

Modules of the kernel whose symbols a module uses are found by these symbols, and tests load them without a target. This
rule names one of which a module uses no symbol: a driver that it expects to be there, or a module that it asks for by
`request_module()`. Tests and VMs load it, and what it needs, before the module. Each kernel has it, whichever
`--//kmod_rules:kernel` chooses: a kernel that has no such module is an error of the build, and one that has it built in
needs nothing.

```
stock_module(
    name = "crc_itu_t",
)

kernel_module(
    name = "card",
    srcs = ["card.c"],
    module_deps = [":crc_itu_t"],
)
```

The output lists the files that modprobe loads. `depmod` does not know of the dependency; `MODULE_SOFTDEP("pre: crc_itu_t")`
in the module's C tells it.
""",
)
