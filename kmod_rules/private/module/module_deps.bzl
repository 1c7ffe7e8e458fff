# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules that use symbols of other modules, and the order in which the kernel can load them."""

load("//kmod_rules:providers.bzl", "KernelModuleInfo", "KernelModulesInfo", "StockModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")

def _several_modules(target, attribute, label):
    return "{}: {} holds {}, which is several modules. Name the target of each that is meant: {}.".format(
        label_text(label),
        attribute,
        label_text(target.label),
        ", ".join([label_text(module.label) for module in target[KernelModulesInfo].modules]),
    )

def check_module_deps(targets, kernel, label, fail = fail):
    """Checks that every target of module_deps is a module for the same kernel, or a module of the kernel itself.

    Args:
      targets: (list[Target]) the attribute module_deps.
      kernel: (KernelInfo) the kernel that the module is built for.
      label: (Label or string) the module's target, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (list[KernelModuleInfo]) the modules, without those of the kernel itself.
    """
    modules = []
    for target in targets:
        if StockModuleInfo in target:
            continue
        if KernelModulesInfo in target:
            fail(_several_modules(target, "module_deps", label))
            return []
        if KernelModuleInfo not in target:
            fail("{}: module_deps holds {}, which is not a kernel module. It takes kernel_module and stock_module targets; libraries go into deps.".format(label_text(label), label_text(target.label)))
            return []
        module = target[KernelModuleInfo]
        if module.kernel.label != kernel.label:
            fail("{}: module_deps holds {}, which is built for kernel {}, and this module is for {}. Remove the attribute kernel of one of them, or give both the same.".format(label_text(label), label_text(module.label), label_text(module.kernel.label), label_text(kernel.label)))
            return []
        modules.append(module)
    return modules

def stock_modules_of(targets):
    """Collects the kernel's own modules that module_deps name.

    Args:
      targets: (list[Target]) the attribute module_deps.

    Returns:
      (struct) `listings` (list[File]), inputs of the action that builds the module, so that a wrong name fails there,
      and `modules` (depset[StockModuleInfo]), with those that the modules of module_deps name.
    """
    direct = [target[StockModuleInfo] for target in targets if StockModuleInfo in target]
    return struct(
        listings = [module.listing for module in direct if module.listing],
        modules = depset(
            direct,
            transitive = [target[KernelModuleInfo].stock_modules for target in targets if KernelModuleInfo in target],
        ),
    )

def check_is_module(target, attribute, label, fail = fail):
    """Checks that a target is a module that is built or imported.

    Args:
      target: (Target) what the attribute holds.
      attribute: (string) the attribute.
      label: (Label or string) the target with the attribute, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if StockModuleInfo in target:
        fail("{}: {} holds {}, which is a module of the kernel itself. The kernel's packages install it, and tests load it if module_deps of a module name it, or stock_modules of the test.".format(label_text(label), attribute, label_text(target.label)))
    elif KernelModulesInfo in target:
        fail(_several_modules(target, attribute, label))
    elif KernelModuleInfo not in target:
        fail("{}: {} holds {}, which is not a kernel module. It takes kernel_module targets.".format(label_text(label), attribute, label_text(target.label)))

def transitive_modules(modules):
    """Collects modules and all modules that they depend on.

    Args:
      modules: (list[KernelModuleInfo]) the modules.

    Returns:
      (depset[KernelModuleInfo]) in an order in which they can be loaded.
    """
    return depset(
        modules,
        order = "postorder",
        transitive = [module.dependencies for module in modules],
    )

def load_order(modules):
    """Puts modules, and all that they depend on, in an order in which they can be loaded.

    Modules that do not depend on each other keep their order.

    Args:
      modules: (list[KernelModuleInfo]) the modules.

    Returns:
      (list[KernelModuleInfo]) without duplicates.
    """
    ordered = {}
    for module in modules:
        for needed in depset([module], order = "postorder", transitive = [module.dependencies]).to_list():
            ordered.setdefault(needed.label, needed)
    return ordered.values()
