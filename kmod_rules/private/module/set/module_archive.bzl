# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule module_archive: an archive of modules for one kernel."""

load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo", "KernelModulesInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "on_kernel")
load("//kmod_rules/private/module:module_deps.bzl", "check_is_module", "load_order")
load("//kmod_rules/private/module:module_name.bzl", "check_distinct_names")

def _modules(ctx, kernel):
    """Checks the attribute `modules`, and adds the modules that they need."""
    if not ctx.attr.modules:
        fail("{}: modules is empty. Name the kernel_module targets to put into the archive.".format(label_text(ctx.label)))
    named = []
    for target in ctx.attr.modules:
        if KernelModulesInfo in target:
            named += list(target[KernelModulesInfo].modules)
        else:
            check_is_module(target, "modules", ctx.label)
            named.append(target[KernelModuleInfo])
    modules = load_order(named)
    check_distinct_names(modules, ctx.label)
    for module in modules:
        if module.kernel.label != kernel.label:
            fail("{}: {} is built for kernel {} ({}), and this archive is for {} ({}). Remove the module's attribute kernel.".format(
                label_text(ctx.label),
                label_text(module.label),
                label_text(module.kernel.label),
                module.kernel.release,
                label_text(kernel.label),
                kernel.release,
            ))
    return modules

def _module_archive_impl(ctx):
    kernel = ctx.attr._kernel[0][KernelInfo]
    modules = _modules(ctx, kernel)
    archive = ctx.actions.declare_file(ctx.label.name + ".tar")
    args = ctx.actions.args()
    args.use_param_file("@%s")
    args.set_param_file_format("multiline")
    args.add("--label=" + label_text(ctx.label))
    args.add("--release=" + kernel.release)
    args.add(archive, format = "--output=%s")
    for module in modules:
        args.add(module.stripped_ko, format = "--module={}.ko:%s".format(module.module_name))
    root = ctx.file._tools
    args.add(root.path, format = "--tar=%s/usr/bin/tar")
    if ctx.attr.index:
        args.add(root.path, format = "--depmod=%s/usr/sbin/depmod")
    ctx.actions.run(
        executable = ctx.executable._write_module_archive,
        arguments = [args],
        inputs = [root] + [module.stripped_ko for module in modules],
        outputs = [archive],
        env = {},
        mnemonic = "ModuleArchive",
        progress_message = "Writing the archive {} of modules for {}".format(archive.short_path, kernel.release),
    )
    return [DefaultInfo(files = depset([archive]))]

module_archive = rule(
    implementation = _module_archive_impl,
    attrs = {
        "index": attr.bool(
            default = True,
            doc = "Whether the archive has the files of depmod.",
        ),
        "kernel": attr.label(
            doc = "The kernel, such as `\"@debian12_amd64//:kernel\"`. The default is the kernel of the flag `--//kmod_rules:kernel`.",
        ),
        "modules": attr.label_list(
            cfg = on_kernel,
            doc = "The `kernel_module` and `kernel_module_from_kbuild` targets, such as `[\":hello_ko\"]`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_kernel": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
        "_tools": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("@kmod_module_tools//:root"),
        ),
        "_write_module_archive": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:write_module_archive"),
            executable = True,
        ),
    },
    doc = "An archive of modules for one kernel; kernel_module_set.bzl documents it.",
)
