# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_module_import: a module that was built elsewhere."""

load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "for_select_of_import", "on_kernel")
load("//kmod_rules/private/module:module_deps.bzl", "check_module_deps", "stock_modules_of", "transitive_modules")
load("//kmod_rules/private/module:module_name.bzl", "check_module_name", "kernel_name")

def _kernel_module_import_impl(ctx):
    module_name = ctx.attr.module_name or ctx.file.ko.basename[:-len(".ko")]
    check_module_name(module_name, ctx.label)
    kernel = ctx.attr._kernel[0][KernelInfo]
    used_modules = check_module_deps(ctx.attr.module_deps, kernel, ctx.label)
    stock = stock_modules_of(ctx.attr.module_deps)
    ko = ctx.actions.declare_file("{}/{}.ko".format(ctx.label.name, module_name))
    symvers = ctx.actions.declare_file("{}/{}.Module.symvers".format(ctx.label.name, module_name))
    build_directory = "{}/{}".format(kernel.tree.path, kernel.build_directory)
    exports = [module.symvers for module in used_modules]
    args = ctx.actions.args()
    args.add("--label={}".format(label_text(ctx.label)))
    args.add("--name=" + module_name)
    args.add(ctx.file.ko, format = "--ko=%s")
    if ctx.file.symvers:
        args.add(ctx.file.symvers, format = "--symvers=%s")
    args.add("--release=" + kernel.release)
    args.add("--config={}/.config".format(build_directory))
    args.add("--exports={}/Module.symvers".format(build_directory))
    args.add_all(exports, format_each = "--exports=%s")
    args.add(ko, format = "--output-ko=%s")
    args.add(symvers, format = "--output-symvers=%s")
    ctx.actions.run(
        executable = ctx.executable._import_module,
        arguments = [args],
        inputs = [ctx.file.ko, kernel.tree] + ([ctx.file.symvers] if ctx.file.symvers else []) + exports + stock.listings,
        outputs = [ko, symvers],
        env = {},
        mnemonic = "ImportModule",
        progress_message = "Importing kernel module {}".format(ko.short_path),
    )
    return [
        DefaultInfo(files = depset([ko, symvers]), runfiles = ctx.runfiles([ko])),
        KernelModuleInfo(
            dependencies = transitive_modules(used_modules),
            kernel = kernel,
            ko = ko,
            label = ctx.label,
            module_name = kernel_name(module_name),
            sources = depset(),
            stock_modules = stock.modules,
            # As it is: it may be signed.
            stripped_ko = ko,
            symvers = symvers,
        ),
    ]

kernel_module_import = rule(
    cfg = for_select_of_import,
    implementation = _kernel_module_import_impl,
    attrs = {
        "kernel": attr.label(
            doc = "The kernel that the module was built for, such as `\"@debian12_amd64//:kernel\"`, instead of the one that `--//kmod_rules:kernel` chooses.",
        ),
        "ko": attr.label(
            allow_single_file = [".ko"],
            mandatory = True,
            doc = "The module, such as `\"vendor/nic.ko\"`. It is used as it is.",
        ),
        "module_deps": attr.label_list(
            cfg = on_kernel,
            doc = "The `kernel_module` and `kernel_module_import` targets whose exported symbols it uses, such as `[\":vendor_bus\"]`. The kernel's own modules are found without it; a `stock_module` names one of which it uses no symbol.",
        ),
        "module_name": attr.string(
            doc = "The module's name, such as `\"nic\"`, if its file has another one.",
        ),
        "symvers": attr.label(
            allow_single_file = True,
            doc = "The Module.symvers of the build that made the module, such as `\"vendor/Module.symvers\"`. It may list other modules of that build, too. Modules that use its symbols need it.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_import_module": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:import_module"),
            executable = True,
        ),
        "_kernel": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
    },
    provides = [KernelModuleInfo],
    doc = """A kernel module that was built elsewhere, such as a vendor's.

It goes into `module_deps` of other modules, and into `modules` of tests and VMs. The build checks what the kernel's
loader checks: that it was built for this kernel (vermagic), and that every symbol that it uses is exported, with the
same version, by the kernel or by a module of `module_deps`.

```
kernel_module_import(
    name = "nic",
    ko = "vendor/nic.ko",
    symvers = "vendor/Module.symvers",
)
```
""",
)
