# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The modules that a virtual machine (VM) loads."""

load("//kmod_rules:providers.bzl", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/module:module_deps.bzl", "check_is_module", "load_order")
load("//kmod_rules/private/module:module_name.bzl", "check_distinct_names")

def guest_modules(targets, kernel, label):
    """Checks the attribute `modules` of a VM, and adds the modules that they need.

    Args:
      targets: (dict[Target, string]) the attribute: modules with their parameters.
      kernel: (KernelInfo) the kernel that boots.
      label: (Label) the target, for error messages.

    Returns:
      (list[struct]) `info` (KernelModuleInfo) and `parameters` (string) of each, in the order in
      which they are loaded.
    """
    if not targets:
        fail("{}: modules is empty. Name the kernel_module targets to load, with their parameters.".format(label_text(label)))
    parameters = {}
    for target, text in targets.items():
        check_is_module(target, "modules", label)
        if "\n" in text:
            fail("{}: the parameters of {} hold a line break. Write them as for insmod: \"who=kernel times=2\".".format(label_text(label), label_text(target.label)))
        parameters[target[KernelModuleInfo].label] = text
    modules = load_order([target[KernelModuleInfo] for target in targets])
    check_distinct_names(modules, label)
    for module in modules:
        if module.kernel.label != kernel.label:
            fail("{}: {} is built for kernel {} ({}), and this VM boots {} ({}). Give both the same kernel, or remove the module's attribute kernel.".format(
                label_text(label),
                label_text(module.label),
                label_text(module.kernel.label),
                module.kernel.release,
                label_text(kernel.label),
                kernel.release,
            ))
    return [struct(info = module, parameters = parameters.get(module.label, "")) for module in modules]
