# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules that use symbols of other modules."""

load("//kmod_rules:providers.bzl", "KernelModuleInfo")

def check_module_deps(targets, kernel, label, fail = fail):
    """Refuses a module_deps that no module can be linked against.

    Args:
      targets: (list[Target]) the attribute module_deps.
      kernel: (KernelInfo) the kernel that the module is built for.
      label: (Label or string) the module's target, for error messages.
      fail: the function that is told of an error; a test passes its own.

    Returns:
      (list[KernelModuleInfo]) the modules.
    """
    for target in targets:
        if KernelModuleInfo not in target:
            fail("{}: module_deps holds {}, which is no kernel module. It takes kernel_module targets; libraries go into deps.".format(label, target.label))
            return []
        module = target[KernelModuleInfo]
        if module.kernel.label != kernel.label:
            fail("{}: module_deps holds {}, which is built for kernel {}, and this module is for {}. Leave the kernel of one of them out, or give both the same.".format(label, module.label, module.kernel.label, kernel.label))
            return []
    return [target[KernelModuleInfo] for target in targets]

def transitive_modules(modules):
    """Collects modules with all that they need.

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
    """Puts modules, and all that they need, in an order in which they can be loaded.

    A module that none of the others needs keeps its place among its like.

    Args:
      modules: (list[KernelModuleInfo]) the modules.

    Returns:
      (list[KernelModuleInfo]) each once.
    """
    ordered = {}
    for module in modules:
        for needed in depset([module], order = "postorder", transitive = [module.dependencies]).to_list():
            ordered.setdefault(needed.label, needed)
    return ordered.values()
