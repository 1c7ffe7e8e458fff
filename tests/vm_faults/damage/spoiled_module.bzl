# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Kernel modules that every kernel must refuse to load."""

load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo")
load(":damaged_file.bzl", "DAMAGE_ATTRS", "damage")

def _with(info, kernel, stripped_ko):
    return KernelModuleInfo(
        dependencies = info.dependencies,
        kernel = kernel,
        ko = info.ko,
        label = info.label,
        module_name = info.module_name,
        sources = info.sources,
        stock_modules = info.stock_modules,
        stripped_ko = stripped_ko,
        symvers = info.symvers,
    )

def _damaged_module_impl(ctx):
    info = ctx.attr.module[KernelModuleInfo]
    output = ctx.actions.declare_file(ctx.label.name + ".ko")
    damage(ctx, info.stripped_ko, output)
    return [_with(info, info.kernel, output)]

damaged_module = rule(
    implementation = _damaged_module_impl,
    attrs = dict(DAMAGE_ATTRS, **{
        "module": attr.label(
            mandatory = True,
            providers = [KernelModuleInfo],
        ),
    }),
    doc = "A kernel module with a damaged file.",
)

def _foreign_module_impl(ctx):
    info = ctx.attr.module[KernelModuleInfo]
    return [_with(info, ctx.attr._kernel[KernelInfo], info.stripped_ko)]

foreign_module = rule(
    implementation = _foreign_module_impl,
    attrs = {
        "module": attr.label(
            doc = "A module of another kernel.",
            mandatory = True,
            providers = [KernelModuleInfo],
        ),
        "_kernel": attr.label(
            default = "//kmod_rules:kernel",
            providers = [KernelInfo],
        ),
    },
    doc = "A module of another kernel, declared as a module of the default kernel.",
)
