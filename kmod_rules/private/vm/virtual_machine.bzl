# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What rules have in common that boot a kernel in a virtual machine."""

load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "image_of_kernel", "on_kernel")
load(":initramfs.bzl", "INITRAMFS_ATTRS")

VIRTUAL_MACHINE_ATTRS = dict(INITRAMFS_ATTRS, **{
    "cpus": attr.int(
        default = 1,
        doc = "How many processors the virtual machine has, such as `2`.",
    ),
    "data": attr.label_list(
        allow_files = True,
        doc = "Files for the programs, such as `[\"frames.bin\"]`. They lie where runfiles lie on a host: programs start in the directory of the workspace's.",
    ),
    "kernel": attr.label(
        doc = "The kernel to boot, such as `\"@debian12_amd64//:kernel\"`, instead of the one that `--//kmod_rules:kernel` chooses. The modules are built for it. Its image is the target `image` in the same package.",
    ),
    "kernel_args": attr.string_list(
        doc = "Further arguments of the kernel's command line, such as `[\"slub_debug=FZP\"]`. They come behind those that every test has, so they win.",
    ),
    "memory": attr.int(
        default = 256,
        doc = "The virtual machine's memory in MiB, such as `512`.",
    ),
    "modules": attr.label_keyed_string_dict(
        cfg = on_kernel,
        doc = "The `kernel_module` targets to load, in this order, with their parameters, such as `{\":hello_ko\": \"who=kernel times=2\"}`. What their `module_deps` name is loaded before them.",
        mandatory = True,
    ),
    "programs": attr.label_list(
        doc = "Programs for the guest, such as `[\":ioctl_test\"]`: targets whose executable is static, as `cc_binary` of the hosted toolchain is. Their runfiles come with them.",
    ),
    "_allowlist_function_transition": attr.label(
        default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
    ),
    "_image": attr.label(
        allow_single_file = True,
        cfg = image_of_kernel,
        default = Label("//kmod_rules:kernel_image"),
    ),
    "_kernel": attr.label(
        cfg = on_kernel,
        default = Label("//kmod_rules:kernel"),
        providers = [KernelInfo],
    ),
    "_qemu": attr.label(
        allow_single_file = True,
        default = Label("@kmod_qemu//:root"),
    ),
    "_qemu_files": attr.label(
        default = Label("@kmod_qemu//:emulator"),
    ),
})

def check_machine(ctx):
    """Refuses a virtual machine that QEMU or the kernel could not make.

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
    """
    if ctx.attr.cpus < 1 or ctx.attr.cpus > 64:
        fail("{}: cpus is {}. A virtual machine has 1 to 64.".format(ctx.label, ctx.attr.cpus))
    if ctx.attr.memory < 96 or ctx.attr.memory > 65536:
        fail("{}: memory is {}. It is in MiB, from 96, below which a distribution's kernel does not boot, to 65536.".format(ctx.label, ctx.attr.memory))
    for argument in ctx.attr.kernel_args:
        if not argument or " " in argument or "\n" in argument:
            fail("{}: kernel_args holds \"{}\". Each is one argument of the kernel's command line, without spaces, such as \"slub_debug=FZP\".".format(ctx.label, argument))

def machine_options(ctx, initramfs):
    """Returns the options of vm_runner and vm_console that say what machine to boot.

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
      initramfs: (struct) of write_initramfs().

    Returns:
      (list[string]) with paths as from the runfiles directory.
    """
    qemu = ctx.file._qemu.short_path
    return [
        "--qemu={}/usr/bin/qemu-system-x86_64".format(qemu),
        "--qemu-data={}/usr/share/qemu".format(qemu),
        "--qemu-data={}/usr/share/seabios".format(qemu),
        "--qemu-modules={}/usr/lib/x86_64-linux-gnu/qemu".format(qemu),
        "--kernel=" + ctx.file._image.short_path,
        "--initramfs=" + initramfs.archive.short_path,
        "--cpus={}".format(ctx.attr.cpus),
        "--memory-mib={}".format(ctx.attr.memory),
    ] + ["--kernel-arg=" + argument for argument in ctx.attr.kernel_args]

def machine_files(ctx, initramfs):
    """Returns the files that machine_options() names, each by itself.

    Bazel 4 leaves a source directory in runfiles empty where it executes remotely, and so out of the key of a
    remote cache: a test would be taken from there that another QEMU has passed. (github.com/bazelbuild/bazel/issues/11495)

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
      initramfs: (struct) of write_initramfs().

    Returns:
      (list[File])
    """
    return [ctx.file._image, initramfs.archive] + ctx.files._qemu_files

def _quote(text):
    return "'" + text.replace("'", "'\\''") + "'"

def write_launcher(ctx, words):
    """Declares an action that writes the target's executable: it starts a program with options.

    Args:
      ctx: (ctx) of a rule.
      words: (list[string]) the program and its options, paths as from the runfiles directory.

    Returns:
      (File)
    """
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec {} \"$@\"\n".format(" \\\n  ".join([_quote(word) for word in words])),
        is_executable = True,
    )
    return launcher
