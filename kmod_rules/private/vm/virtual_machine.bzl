# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The common part of the rules that boot a kernel in a virtual machine (VM)."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "image_of_kernel", "on_kernel")
load(":initramfs.bzl", "INITRAMFS_ATTRS")

VIRTUAL_MACHINE_ATTRS = dicts.add(INITRAMFS_ATTRS, {
    "cpus": attr.int(
        default = 1,
        doc = "The number of processors of the VM, from 1 to 64, such as `2`.",
    ),
    "data": attr.label_list(
        allow_files = True,
        doc = "Files for the programs, such as `[\"frames.bin\"]`. They have the paths of runfiles on a host: programs start in the directory of the workspace's runfiles.",
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
    "modules": attr.label_keyed_string_dict(
        cfg = on_kernel,
        doc = "The `kernel_module` targets to load, in this order, with their parameters, such as `{\":hello_ko\": \"who=kernel times=2\"}`. The modules in their `module_deps` are loaded before them.",
        mandatory = True,
    ),
    "programs": attr.label_list(
        doc = "Programs for the guest, such as `[\":ioctl_test\"]`: targets with a static executable, such as a `cc_binary` of the hosted toolchain. Their runfiles come with them.",
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
    """Rejects a VM that QEMU cannot run or the kernel cannot boot in.

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
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

def machine_options(ctx, initramfs):
    """Returns the flags of vm_runner and vm_console that describe the VM.

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
      initramfs: (struct) of write_initramfs().

    Returns:
      (list[string]) flags, with paths relative to the runfiles directory.
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
    ] + ["--kernel-arg=" + argument for argument in ctx.attr.kernel_args] + ["--device=" + device for device in ctx.attr.devices]

def machine_files(ctx, initramfs):
    """Returns the files that machine_options() names, as files and not as directories.

    Bazel 4 leaves a source directory in runfiles empty with remote execution and omits it from the key of a remote
    cache: a test result could then come from another QEMU. (github.com/bazelbuild/bazel/issues/11495)

    Args:
      ctx: (ctx) of a rule that has VIRTUAL_MACHINE_ATTRS.
      initramfs: (struct) of write_initramfs().

    Returns:
      (list[File])
    """
    return [ctx.file._image, initramfs.archive] + ctx.files._qemu_files
