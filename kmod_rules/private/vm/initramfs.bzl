# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that writes the initramfs of a virtual machine (VM)."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":guest_plan.bzl", "module_path")

INITRAMFS_ATTRS = {
    "_write_initramfs": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:write_initramfs"),
        executable = True,
    ),
}

def write_initramfs(ctx, init, plan, modules, programs = {}, files = {}, directories = []):
    """Declares an action that writes an initramfs.

    Args:
      ctx: (ctx) of a rule that has INITRAMFS_ATTRS.
      init: (File) the guest's first program, static.
      plan: (File) of write_guest_plan().
      modules: (list[struct]) of guest_modules().
      programs: (dict[string, File]) paths below the root to static programs.
      files: (dict[string, File]) paths below the root to other files, which keep their mode.
      directories: (list[string]) paths below the root of directories that have to exist, even if they are empty.

    Returns:
      (struct) `archive` (File), the initramfs, and `manifest` (File), the list of its contents.
    """
    archive = ctx.actions.declare_file(ctx.label.name + ".initramfs.cpio")
    manifest = ctx.actions.declare_file(ctx.label.name + ".initramfs.txt")
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--label={}".format(label_text(ctx.label)))
    args.add(archive, format = "--output=%s")
    args.add(manifest, format = "--manifest=%s")
    args.add(init, format = "--program=init:%s")
    args.add(plan, format = "--file=kmod/plan:0644:%s")

    # The kernel opens the console for init before init mounts /dev.
    args.add("--directory=dev")
    args.add("--node=dev/console:c:5:1")
    for directory in ["proc", "sys"] + directories:
        args.add("--directory=" + directory)
    for module in modules:
        args.add(module.info.stripped_ko, format = "--file={}:0644:%s".format(module_path(module)))
    for path, program in programs.items():
        args.add(program, format = "--program={}:%s".format(path))
    for path, file in files.items():
        args.add(file, format = "--copy={}:%s".format(path))
    ctx.actions.run(
        executable = ctx.executable._write_initramfs,
        arguments = [args],
        inputs = [init, plan] + [module.info.stripped_ko for module in modules] + programs.values() + files.values(),
        outputs = [archive, manifest],
        env = {},
        mnemonic = "Initramfs",
        progress_message = "Writing the initramfs of {}".format(label_text(ctx.label)),
    )
    return struct(archive = archive, manifest = manifest)
