# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_vm."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:launcher.bzl", "write_launcher")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":guest_files.bzl", "guest_data", "guest_programs", "runfiles_directory")
load(":guest_modules.bzl", "guest_modules")
load(":guest_plan.bzl", "program_path", "write_guest_plan")
load(":initramfs.bzl", "write_initramfs")
load(":machine.bzl", "check_machine", "machine_files", "machine_options")
load(":virtual_machine.bzl", "VIRTUAL_MACHINE_ATTRS")

def _kernel_vm_impl(ctx):
    check_machine(ctx)
    kernel = ctx.attr._kernel[0][KernelInfo]
    modules = guest_modules(ctx.attr.modules, kernel, ctx.label)
    programs = guest_programs(ctx.attr.programs, ctx.label)
    guest_programs_by_path = {program_path(name): program for name, program in programs.items()}
    guest_programs_by_path["bin/busybox"] = ctx.file._guest_busybox
    files = guest_data(ctx, ctx.attr.programs, ctx.attr.data)
    plan = write_guest_plan(
        ctx,
        modules = modules,
        directory = runfiles_directory(ctx) if files else None,
    )
    initramfs = write_initramfs(
        ctx,
        init = ctx.executable._guest_shell,
        plan = plan,
        modules = modules,
        programs = guest_programs_by_path,
        files = files,
        # The drivers of a shared directory, unless they are built in.
        optional_modules = ["virtio_mmio", "virtiofs"],
    )
    launcher = write_launcher(
        ctx,
        [ctx.executable._vm_console.short_path] +
        machine_options(ctx, initramfs.archive) +
        ["--virtiofsd={}/usr/libexec/virtiofsd".format(ctx.file._virtiofsd.short_path)] +
        ["--symbols={}:{}".format(module.info.module_name, module.info.ko.short_path) for module in modules],
    )
    return [DefaultInfo(
        executable = launcher,
        runfiles = ctx.runfiles(
            [ctx.executable._vm_console] +
            ctx.files._virtiofsd_files +
            [module.info.ko for module in modules] +
            machine_files(ctx, initramfs.archive),
        ),
    )]

kernel_vm = rule(
    implementation = _kernel_vm_impl,
    attrs = dicts.add(VIRTUAL_MACHINE_ATTRS, {
        "_guest_busybox": attr.label(
            allow_single_file = True,
            default = Label("@kmod_busybox//:bin/busybox"),
        ),
        "_guest_shell": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:guest_shell"),
            executable = True,
        ),
        "_virtiofsd": attr.label(
            allow_single_file = True,
            default = Label("@kmod_virtiofsd//:root"),
        ),
        "_virtiofsd_files": attr.label(
            default = Label("@kmod_virtiofsd//:server"),
        ),
        "_vm_console": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:vm_console"),
            executable = True,
        ),
    }),
    doc = """An interactive virtual machine (VM): `bazel run` boots the kernel, loads the modules and starts a shell.

`programs` are on the guest's PATH, and the shell starts in the directory of their runfiles. The VM keeps no changes
when it ends. `bazel run TARGET -- --help` lists the flags: a shared directory of the host (`--share=DIR`), QEMU's gdb
server with the line that starts gdb or lldb (`--gdb`), one command instead of the shell (`--command="lsmod"`), memory,
processors and kernel arguments.

```
kernel_vm(
    name = "hello_vm",
    modules = {":hello_ko": "who=kernel"},
)
```
""",
    executable = True,
)
