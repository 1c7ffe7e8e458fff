# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The machine that QEMU emulates, for rules that boot a kernel in a virtual machine (VM)."""

load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "image_of_kernel", "on_kernel")

MACHINE_ATTRS = {
    "cpus": attr.int(
        default = 1,
        doc = "The number of processors of the VM, from 1 to 64, such as `2`.",
    ),
    "devices": attr.string_list(
        doc = "PCI devices that QEMU emulates for the VM, as its option `-device` takes them, such as `[\"edu\"]`. With one, the VM has a PCI bus.",
    ),
    "kernel": attr.label(
        doc = "The kernel to boot, such as `\"@debian12_amd64//:kernel\"`. The default is the kernel of the flag `--//kmod_rules:kernel`. The modules are built for it. Its image is the target `image` in the same package.",
    ),
    "kernel_args": attr.string_list(
        doc = "Further arguments of the kernel's command line, such as `[\"slub_debug=FZP\"]`. They follow the arguments that every VM has, so they take precedence.",
    ),
    "memory": attr.int(
        default = 256,
        doc = "The memory of the VM in MiB, from 96 to 65536, such as `512`.",
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
}

def check_machine(ctx):
    """Rejects a VM that QEMU cannot run or the kernel cannot boot in.

    Args:
      ctx: (ctx) of a rule that has MACHINE_ATTRS.
    """
    if ctx.attr.cpus < 1 or ctx.attr.cpus > 64:
        fail("{}: cpus is {}. A VM has 1 to 64.".format(label_text(ctx.label), ctx.attr.cpus))
    if ctx.attr.memory < 96 or ctx.attr.memory > 65536:
        fail("{}: memory is {}. It is in MiB, from 96, below which a distribution's kernel does not boot, to 65536.".format(label_text(ctx.label), ctx.attr.memory))
    for argument in ctx.attr.kernel_args:
        if not argument or " " in argument or "\n" in argument:
            fail("{}: kernel_args holds \"{}\". Each is one argument of the kernel's command line, without spaces, such as \"slub_debug=FZP\".".format(label_text(ctx.label), argument))

    for device in ctx.attr.devices:
        if not device or device.startswith("-") or " " in device or "\n" in device:
            fail("{}: devices holds \"{}\". Each is a device of QEMU with its properties, without spaces, such as \"edu\" or \"edu,dma_mask=0xffffffff\".".format(label_text(ctx.label), device))

def machine_of(ctx):
    """Returns what distinguishes the VM from that of other targets for the same kernel.

    Args:
      ctx: (ctx) of a rule that has MACHINE_ATTRS.

    Returns:
      (struct) equal to that of another rule if the kernel boots in the same machine.
    """
    return struct(
        cpus = ctx.attr.cpus,
        devices = ctx.attr.devices,
        kernel_args = ctx.attr.kernel_args,
        memory = ctx.attr.memory,
    )

def machine_options(ctx, archive, in_action = False):
    """Returns the flags of vm_runner, vm_console and make_snapshot that describe the VM.

    Args:
      ctx: (ctx) of a rule that has MACHINE_ATTRS.
      archive: (File) the initramfs.
      in_action: (bool) whether paths are those of a build action. Otherwise they are relative to the runfiles directory.

    Returns:
      (list[string]) flags.
    """
    qemu, image, initramfs = [
        file.path if in_action else file.short_path
        for file in [ctx.file._qemu, ctx.file._image, archive]
    ]
    return [
        "--qemu={}/usr/bin/qemu-system-x86_64".format(qemu),
        "--qemu-data={}/usr/share/qemu".format(qemu),
        "--qemu-data={}/usr/share/seabios".format(qemu),
        "--qemu-modules={}/usr/lib/x86_64-linux-gnu/qemu".format(qemu),
        "--kernel=" + image,
        "--initramfs=" + initramfs,
        "--cpus={}".format(ctx.attr.cpus),
        "--memory-mib={}".format(ctx.attr.memory),
    ] + ["--kernel-arg=" + argument for argument in ctx.attr.kernel_args] + ["--device=" + device for device in ctx.attr.devices]

def machine_files(ctx, archive):
    """Returns the files that machine_options() names, as files and not as directories.

    Bazel 4 leaves a source directory in runfiles empty with remote execution and omits it from the key of a remote
    cache: a test result could then come from another QEMU. (github.com/bazelbuild/bazel/issues/11495)

    Args:
      ctx: (ctx) of a rule that has MACHINE_ATTRS.
      archive: (File) the initramfs.

    Returns:
      (list[File])
    """
    return [ctx.file._image, archive] + ctx.files._qemu_files
