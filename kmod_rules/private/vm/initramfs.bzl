# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that writes the initramfs of a virtual machine."""

load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

INITRAMFS_ATTRS = {
    "_write_initramfs": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:write_initramfs"),
        executable = True,
    ),
}

# Below the root of the initramfs.
_MODULE_DIRECTORY = "kmod/modules"

def _module_path(module):
    return "{}/{}.ko".format(_MODULE_DIRECTORY, module.info.module_name)

def module_plan(modules):
    """Returns the lines of a plan that name modules; kmod_rules/private/vm/wire/guest_plan.h has the format.

    Args:
      modules: (list[struct]) of guest_modules().

    Returns:
      (list[string]) a line for each.
    """
    lines = []
    for module in modules:
        words = ["module", module.info.module_name, "/" + _module_path(module)]
        lines.append(" ".join(words + [module.parameters] if module.parameters else words))
    return lines

def write_initramfs(ctx, init, plan, modules, programs = {}, files = {}, directories = []):
    """Declares an action that writes an initramfs.

    Args:
      ctx: (ctx) of a rule that has INITRAMFS_ATTRS.
      init: (File) the guest's first program, static.
      plan: (list[string]) what it is to do; kmod_rules/private/vm/wire/guest_plan.h has the format.
      modules: (list[struct]) of guest_modules().
      programs: (dict[string, File]) paths below the root to static programs.
      files: (dict[string, File]) paths below the root to other files, which keep their mode.
      directories: (list[string]) paths below the root that there have to be, files in them or not.

    Returns:
      (struct) `archive` (File), the initramfs, and `manifest` (File), the list of what is in it.
    """
    plan_file = ctx.actions.declare_file(ctx.label.name + ".plan")
    ctx.actions.write(plan_file, "".join([line + "\n" for line in plan]))
    archive = ctx.actions.declare_file(ctx.label.name + ".initramfs.cpio")
    manifest = ctx.actions.declare_file(ctx.label.name + ".initramfs.txt")
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--label={}".format(ctx.label))
    args.add(archive, format = "--output=%s")
    args.add(manifest, format = "--manifest=%s")
    args.add(init, format = "--program=init:%s")
    args.add(plan_file, format = "--file=kmod/plan:0644:%s")

    # Before init has mounted anything, the kernel wants a console to give it.
    args.add("--directory=dev")
    args.add("--node=dev/console:c:5:1")
    for directory in ["proc", "sys"] + directories:
        args.add("--directory=" + directory)
    for module in modules:
        args.add(module.info.stripped_ko, format = "--file={}:0644:%s".format(_module_path(module)))
    for path, program in programs.items():
        args.add(program, format = "--program={}:%s".format(path))
    for path, file in files.items():
        args.add(file, format = "--copy={}:%s".format(path))
    ctx.actions.run(
        executable = ctx.executable._write_initramfs,
        arguments = [args],
        inputs = [init, plan_file] + [module.info.stripped_ko for module in modules] + programs.values() + files.values(),
        outputs = [archive, manifest],
        env = {},
        mnemonic = "Initramfs",
        progress_message = "Writing the initramfs of {}".format(ctx.label),
    )
    return struct(archive = archive, manifest = manifest)
