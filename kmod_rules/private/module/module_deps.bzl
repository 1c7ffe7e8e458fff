# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules that use symbols of other modules, and the order in which the kernel can load them."""

load("//kmod_rules:providers.bzl", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")

def check_module_deps(targets, kernel, label, fail = fail):
    """Checks that every target of module_deps is a module for the same kernel.

    Args:
      targets: (list[Target]) the attribute module_deps.
      kernel: (KernelInfo) the kernel that the module is built for.
      label: (Label or string) the module's target, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (list[KernelModuleInfo]) the modules.
    """
    for target in targets:
        if KernelModuleInfo not in target:
            fail("{}: module_deps holds {}, which is not a kernel module. It takes kernel_module targets; libraries go into deps.".format(label_text(label), label_text(target.label)))
            return []
        module = target[KernelModuleInfo]
        if module.kernel.label != kernel.label:
            fail("{}: module_deps holds {}, which is built for kernel {}, and this module is for {}. Remove the attribute kernel of one of them, or give both the same.".format(label_text(label), label_text(module.label), label_text(module.kernel.label), label_text(kernel.label)))
            return []
    return [target[KernelModuleInfo] for target in targets]

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
