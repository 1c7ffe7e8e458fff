# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that writes the initramfs of a virtual machine (VM)."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo", "StockModulesInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "modules_of_kernel")
load(":guest_plan.bzl", "module_path")

WRITE_INITRAMFS_ATTRS = {
    "_write_initramfs": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:write_initramfs"),
        executable = True,
    ),
}

INITRAMFS_ATTRS = dicts.add(WRITE_INITRAMFS_ATTRS, {
    "stock_modules": attr.string_list(
        doc = "Names of the kernel's own modules to load first, or their aliases, such as `[\"loop\", \"fs-configfs\"]`. Those that `modules` depend on are loaded in any case.",
    ),
    "_stock_modules": attr.label(
        cfg = modules_of_kernel,
        default = Label("//kmod_rules:kernel_modules"),
        providers = [StockModulesInfo],
    ),
    "_unpackers": attr.label(
        allow_single_file = True,
        cfg = TOOL_CONFIGURATION,
        default = Label("@kmod_module_tools//:root"),
    ),
})

def add_root(args, init):
    """Adds what every initramfs has: the first program, the console and the directories of file systems.

    Args:
      args: (Args) of the program write_initramfs.
      init: (File) the guest's first program, static.
    """

    # The kernel opens the console for init before init mounts /dev.
    args.add("--directory=dev")
    args.add("--node=dev/console:c:5:1")
    for directory in ["proc", "sys"]:
        args.add("--directory=" + directory)
    args.add(init, format = "--program=init:%s")

def write_initramfs(ctx, init, plan, modules, programs = {}, files = {}, directories = [], optional_modules = []):
    """Declares an action that writes an initramfs.

    Args:
      ctx: (ctx) of a rule that has INITRAMFS_ATTRS.
      init: (File) the guest's first program, static.
      plan: (File) of write_guest_plan(). The kernel's own modules that the others need are added to it.
      modules: (list[struct]) of guest_modules().
      programs: (dict[string, File]) paths below the root to static programs.
      files: (dict[string, File]) paths below the root to other files, which keep their mode.
      directories: (list[string]) paths below the root of directories that have to exist, even if they are empty.
      optional_modules: (list[string]) names of the kernel's own modules that the guest has if they exist.

    Returns:
      (struct) `archive` (File), the initramfs, `manifest` (File), the list of its contents, and `plan` (File), the
      plan that it holds.
    """
    kernel = ctx.attr._kernel[0][KernelInfo]
    stock = ctx.attr._stock_modules[0][StockModulesInfo]
    completed_plan = ctx.actions.declare_file(ctx.label.name + ".plan")
    archive = ctx.actions.declare_file(ctx.label.name + ".initramfs.cpio")
    manifest = ctx.actions.declare_file(ctx.label.name + ".initramfs.txt")
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--label={}".format(label_text(ctx.label)))
    args.add(archive, format = "--output=%s")
    args.add(manifest, format = "--manifest=%s")
    args.add(plan, format = "--plan=%s")
    args.add(completed_plan, format = "--output-plan=%s")
    args.add("--kernel={}".format(label_text(kernel.label)))
    args.add("--release=" + kernel.release)
    args.add(kernel.symvers, format = "--symvers=%s")
    inputs = [init, plan, kernel.symvers]
    if stock.directory:
        args.add("--stock-directory=" + stock.directory.path)
        args.add("--stock-index=" + stock.index.path)
        args.add("--xz={}/usr/bin/xz".format(ctx.file._unpackers.path))
        args.add("--zstd={}/usr/bin/zstd".format(ctx.file._unpackers.path))
        inputs += [stock.directory, stock.index, ctx.file._unpackers]
    args.add_all(ctx.attr.stock_modules, format_each = "--stock-module=%s")
    for dep in depset(transitive = [module.info.stock_modules for module in modules]).to_list():
        args.add("--stock-dep={}={}".format(dep.module, label_text(dep.label)))
    args.add_all(optional_modules, format_each = "--optional-module=%s")
    for directory in directories:
        args.add("--directory=" + directory)
    for module in modules:
        args.add(module.info.stripped_ko, format = "--module={}:%s".format(module_path(module)))
        args.add("--module-label={}".format(label_text(module.info.label)))
    for path, program in programs.items():
        args.add(program, format = "--program={}:%s".format(path))
    for path, file in files.items():
        args.add(file, format = "--copy={}:%s".format(path))

    # Last: a guest that continues from a snapshot has init, and reads the archive up to there.
    add_root(args, init)
    ctx.actions.run(
        executable = ctx.executable._write_initramfs,
        arguments = [args],
        inputs = inputs + [module.info.stripped_ko for module in modules] + programs.values() + files.values(),
        outputs = [archive, completed_plan, manifest],
        env = {},
        mnemonic = "Initramfs",
        progress_message = "Writing the initramfs of {}".format(label_text(ctx.label)),
    )
    return struct(archive = archive, manifest = manifest, plan = completed_plan)
