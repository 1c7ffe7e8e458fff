# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The common attributes of the rules that load modules in a virtual machine (VM)."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "on_kernel")
load(":initramfs.bzl", "INITRAMFS_ATTRS")
load(":machine.bzl", "MACHINE_ATTRS")

VIRTUAL_MACHINE_ATTRS = dicts.add(INITRAMFS_ATTRS, MACHINE_ATTRS, {
    "data": attr.label_list(
        allow_files = True,
        doc = "Files for the programs, such as `[\"frames.bin\"]`. They have the paths of runfiles on a host: programs start in the directory of the workspace's runfiles.",
    ),
    "modules": attr.label_keyed_string_dict(
        cfg = on_kernel,
        doc = "The `kernel_module` targets to load, in this order, with their parameters, such as `{\":hello_ko\": \"who=kernel times=2\"}`. The modules in their `module_deps` are loaded before them.",
        mandatory = True,
    ),
    "programs": attr.label_list(
        doc = "Programs for the guest, such as `[\":ioctl_test\"]`: targets with a static executable, such as a `cc_binary` of the hosted toolchain. Their runfiles come with them.",
    ),
})
