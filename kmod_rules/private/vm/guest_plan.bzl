# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The plan: what the guest does with modules and programs.

One file tells it, to the guest, which has it in its initramfs, and to the program on the host that starts the guest.
kmod_rules/private/vm/wire/guest_plan.h has the format.
"""

# Below the root of the guest. The programs' names are those of their targets.
_MODULE_DIRECTORY = "kmod/modules"
_PROGRAM_DIRECTORY = "kmod/programs"

WATCH_PATH = "kmod/watch.ko"

def module_path(module):
    """Returns where a module lies in the guest.

    Args:
      module: (struct) of guest_modules().

    Returns:
      (string) a path below the root of the guest.
    """
    return "{}/{}.ko".format(_MODULE_DIRECTORY, module.info.module_name)

def program_path(name):
    """Returns where a program lies in the guest.

    Args:
      name: (string) a key of guest_programs().

    Returns:
      (string) a path below the root of the guest.
    """
    return "{}/{}".format(_PROGRAM_DIRECTORY, name)

def write_guest_plan(ctx, modules, programs = [], directory = None, reload = 0, fail_allocations = False, unload = True, watch = None):
    """Declares an action that writes the plan, without the kernel's own modules.

    write_initramfs() adds these, because the modules' files say which they need.

    Args:
      ctx: (ctx) of a rule.
      modules: (list[struct]) of guest_modules(), to be loaded in this order.
      programs: (list[string]) names of the programs to run when the modules are loaded.
      directory: (string) where programs start, a path below the root of the guest; None for the root.
      reload: (int) how often everything is repeated after the first time.
      fail_allocations: (bool) whether everything is repeated for each allocation of the modules, which then fails.
      unload: (bool) whether the modules are unloaded.
      watch: (KernelModuleInfo) the module that finds what others leave to be called; it lies at WATCH_PATH.

    Returns:
      (File)
    """
    lines = []
    for module in modules:
        words = ["module", module.info.module_name, "/" + module_path(module)]
        lines.append(" ".join(words + [module.parameters] if module.parameters else words))
    if directory:
        lines.append("directory /" + directory)
    lines += ["program {} /{}".format(name, program_path(name)) for name in programs]
    if reload:
        lines.append("reload {}".format(reload))
    if fail_allocations:
        lines.append("fail_allocations")
    if not unload:
        lines.append("keep")
    if watch:
        lines.append("watch {} /{}".format(watch.module_name, WATCH_PATH))
    plan = ctx.actions.declare_file(ctx.label.name + ".modules.plan")
    ctx.actions.write(plan, "".join([line + "\n" for line in lines]))
    return plan
