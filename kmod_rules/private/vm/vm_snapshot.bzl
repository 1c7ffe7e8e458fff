# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule vm_snapshot: a booted VM, from which tests start."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":initramfs.bzl", "WRITE_INITRAMFS_ATTRS", "add_root")
load(":machine.bzl", "MACHINE_ATTRS", "machine_files", "machine_of", "machine_options")

VmSnapshotInfo = provider(
    doc = "The state of a VM whose kernel has booted.",
    fields = {
        "description": "(File) what the state is of, for vm_runner.",
        "machine": "(struct) of machine_of(): the VM.",
        "state": "(File) the state, for QEMU's option -incoming. Its bytes differ each time.",
    },
)

def wants_snapshots(variables, fail = fail):
    """Returns whether tests start from a booted VM.

    That is no build setting: with Bazel 4, one would change the paths of what is built for a kernel, so that `bazel
    build`, and `bazel test` with it, would each build that.

    Args:
      variables: (dict[string, string]) ctx.var.
      fail: the function to call with an error message; a test passes its own.

    Returns:
      (bool)
    """
    choice = variables.get("kmod_vm_snapshots", "off")
    if choice not in ["off", "on"]:
        fail("--define=kmod_vm_snapshots={} is neither =on, with which tests start from a VM that was booted once, nor =off, with which each boots.".format(choice))
    return choice == "on"

def _write_initramfs(ctx):
    archive = ctx.actions.declare_file(ctx.label.name + ".initramfs.cpio")
    args = ctx.actions.args()
    args.add("--label={}".format(label_text(ctx.label)))
    args.add(archive, format = "--output=%s")
    args.add("--directory=kmod/awaits_restore")
    add_root(args, ctx.executable._guest_init)
    ctx.actions.run(
        executable = ctx.executable._write_initramfs,
        arguments = [args],
        inputs = [ctx.executable._guest_init],
        outputs = [archive],
        env = {},
        mnemonic = "Initramfs",
        progress_message = "Writing the initramfs of {}".format(label_text(ctx.label)),
    )
    return archive

def _vm_snapshot_impl(ctx):
    archive = _write_initramfs(ctx)
    state = ctx.actions.declare_file(ctx.label.name + ".state")
    description = ctx.actions.declare_file(ctx.label.name + ".txt")
    args = ctx.actions.args()
    args.add("--label={}".format(label_text(ctx.label)))
    args.add(state, format = "--output=%s")
    args.add(description, format = "--description=%s")
    args.add_all(machine_options(ctx, archive, in_action = True))
    ctx.actions.run(
        executable = ctx.executable._make_snapshot,
        arguments = [args],
        inputs = machine_files(ctx, archive),
        outputs = [state, description],
        env = {},
        mnemonic = "VmSnapshot",
        progress_message = "Booting the kernel of {}".format(label_text(ctx.label)),
    )
    return [
        DefaultInfo(files = depset([state, description])),
        VmSnapshotInfo(description = description, machine = machine_of(ctx), state = state),
    ]

vm_snapshot = rule(
    implementation = _vm_snapshot_impl,
    attrs = dicts.add(MACHINE_ATTRS, WRITE_INITRAMFS_ATTRS, {
        "_guest_init": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:guest_init"),
            executable = True,
        ),
        "_make_snapshot": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:make_snapshot"),
            executable = True,
        ),
    }),
    doc = """Boots a kernel up to the moment in which init waits for the plan of a test, and keeps the state of the VM.

Tests of the same machine start from it (kmod_rules/private/vm/guest/restored_files.h).
""",
)
