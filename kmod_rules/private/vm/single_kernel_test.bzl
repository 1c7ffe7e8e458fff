# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule of kernel_module_test: a test on one kernel."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:launcher.bzl", "write_launcher")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "on_kernel")
load(":guest_files.bzl", "guest_data", "guest_programs", "runfiles_directory")
load(":guest_modules.bzl", "guest_modules")
load(":guest_plan.bzl", "WATCH_PATH", "program_path", "write_guest_plan")
load(":initramfs.bzl", "write_initramfs")
load(":machine.bzl", "check_machine", "machine_files", "machine_of", "machine_options")
load(":symbolizer.bzl", "SYMBOLS_ATTRS", "symbol_options", "symbol_runfiles")
load(":virtual_machine.bzl", "VIRTUAL_MACHINE_ATTRS")
load(":vm_snapshot.bzl", "VmSnapshotInfo", "wants_snapshots")

# kmod_rules/private/vm/wire/unchecked.h has what they mean.
_UNCHECKABLE = ["calls", "kmalloc", "state"]

def _check_unchecked(ctx):
    for check in ctx.attr.unchecked:
        if check not in _UNCHECKABLE:
            fail("{}: unchecked holds \"{}\", which is not a check that a kernel may make impossible. These are \"{}\".".format(label_text(ctx.label), check, "\", \"".join(_UNCHECKABLE)))

def _check_lines(ctx):
    for attribute in ["expect", "forbid"]:
        for pattern in getattr(ctx.attr, attribute):
            if not pattern or "\n" in pattern:
                fail("{}: {} holds \"{}\". Each is one line of the kernel's log without its time stamp, such as \"hello: bye\".".format(label_text(ctx.label), attribute, pattern))
    for pattern, reason in ctx.attr.allow.items():
        if not pattern.strip("* "):
            fail("{}: allow holds \"{}\", which would allow everything. Give the text of the line, with * where it varies.".format(label_text(ctx.label), pattern))
        if not reason.strip():
            fail("{}: allow holds \"{}\" without a reason. Give the reason why it is harmless: {{\"{}\": \"…\"}}.".format(label_text(ctx.label), pattern, pattern))

def _check_counts(ctx, programs):
    if ctx.attr.reload < 0:
        fail("{}: reload is {}. It is how often the modules are loaded again, so 0 or more.".format(label_text(ctx.label), ctx.attr.reload))
    if ctx.attr.reload and not ctx.attr.unload:
        fail("{}: reload is {} and unload is False, and a module that stays loaded cannot be loaded again. Remove one of them.".format(label_text(ctx.label), ctx.attr.reload))
    if ctx.attr.fail_allocations and not ctx.attr.unload:
        fail("{}: fail_allocations is True and unload is False, and a module that stays loaded cannot be loaded again. Remove one of them.".format(label_text(ctx.label)))
    shards = ctx.attr.shard_count
    if shards < 2:
        return
    if shards > len(programs):
        fail("{}: shard_count is {}, and programs has {}. Shards divide the programs among them, so give at most that many.".format(label_text(ctx.label), shards, len(programs)))
    if ctx.attr.expect:
        fail("{}: expect is given and shard_count is {}. A shard runs only some of the programs, so no shard can check the lines of all of them. Remove one of them.".format(label_text(ctx.label), shards))

def _expectation_options(ctx):
    options = ["--load-error=" + ctx.attr.load_error] if ctx.attr.load_error else []
    options += ["--expect=" + pattern for pattern in ctx.attr.expect]
    options += ["--forbid=" + pattern for pattern in ctx.attr.forbid]
    for pattern, reason in ctx.attr.allow.items():
        options += ["--allow=" + pattern, "--reason=" + reason]
    if ctx.attr.allow_taint:
        options.append("--allow-taint=" + ctx.attr.allow_taint)
    options += ["--unchecked=" + check for check in ctx.attr.unchecked]
    return options

def _snapshot(ctx):
    snapshot = ctx.attr._snapshot[0][VmSnapshotInfo]

    # A test that asks for another machine boots.
    return snapshot if wants_snapshots(ctx.var) and snapshot.machine == machine_of(ctx) else None

def _snapshot_options(snapshot):
    if not snapshot:
        return []
    return ["--snapshot=" + snapshot.state.short_path, "--snapshot-description=" + snapshot.description.short_path]

def _single_kernel_test_impl(ctx):
    check_machine(ctx)
    modules = guest_modules(ctx.attr.modules, ctx.attr._kernel[0][KernelInfo], ctx.label)
    programs = guest_programs(ctx.attr.programs, ctx.label)
    _check_lines(ctx)
    _check_unchecked(ctx)
    _check_counts(ctx, programs)
    watch = ctx.attr._watch[0][KernelModuleInfo]
    plan = write_guest_plan(
        ctx,
        modules = modules,
        programs = programs.keys(),
        directory = runfiles_directory(ctx) if programs else None,
        reload = ctx.attr.reload,
        fail_allocations = ctx.attr.fail_allocations,
        unload = ctx.attr.unload,
        watch = watch,
    )
    files = guest_data(ctx, ctx.attr.programs, ctx.attr.data)
    initramfs = write_initramfs(
        ctx,
        init = ctx.executable._guest_init,
        plan = plan,
        modules = modules,
        programs = {program_path(name): program for name, program in programs.items()},
        files = dicts.add(files, {WATCH_PATH: watch.stripped_ko}),
        # Programs start there, even without runfiles.
        directories = [runfiles_directory(ctx)] if programs else [],
    )
    infos = [module.info for module in modules]
    snapshot = _snapshot(ctx)
    snapshot_files = [snapshot.state, snapshot.description] if snapshot else []
    launcher = write_launcher(
        ctx,
        [ctx.executable._vm_runner.short_path] +
        machine_options(ctx, initramfs.archive) +
        _snapshot_options(snapshot) +
        ["--plan=" + initramfs.plan.short_path, "--manifest=" + initramfs.manifest.short_path] +
        _expectation_options(ctx) +
        symbol_options(ctx, ctx.attr._kernel[0][KernelInfo], infos),
    )
    return [
        DefaultInfo(
            executable = launcher,
            runfiles = ctx.runfiles([ctx.executable._vm_runner, initramfs.plan, initramfs.manifest] + machine_files(ctx, initramfs.archive) + snapshot_files)
                .merge(symbol_runfiles(ctx, infos)),
        ),
        # The VM has no network card, and the runner does not use a network.
        testing.ExecutionInfo({"block-network": ""}),
    ]

single_kernel_test = rule(
    implementation = _single_kernel_test_impl,
    attrs = dicts.add(VIRTUAL_MACHINE_ATTRS, SYMBOLS_ATTRS, {
        "allow": attr.string_dict(
            doc = "Complaints of the kernel that are known and harmless, each with the reason, such as `{\"demo: unknown parameter 'old' ignored\": \"told to users of 1.x\"}`. Each is the whole message, and `*` stands for any text. Warnings can be allowed; an oops, a lockup or a panic cannot.",
        ),
        "allow_taint": attr.string(
            doc = "Letters of the taints that do not fail the test, in addition to O and E, such as `\"P\"`.",
        ),
        "expect": attr.string_list(
            doc = "Messages that the kernel's log must have, in this order and each the whole message, such as `[\"hello: hello, kernel\", \"hello: bye\"]`. `*` stands for any text, `\\\\*` for a star.",
        ),
        "fail_allocations": attr.bool(
            doc = "Whether everything is loaded, run and unloaded once more for each allocation that the code of the modules makes, which then fails. A module may refuse to load with an errno, and a program may fail; the kernel must not complain, and nothing may be left behind.",
        ),
        "forbid": attr.string_list(
            doc = "Texts that no message of the kernel's log may contain while the test runs, such as `[\"timed out\"]`. `*` stands for any text.",
        ),
        "load_error": attr.string(
            doc = "If given, the kernel must refuse to load the last module with this errno, such as `\"EINVAL\"`, and the module must leave nothing behind.",
        ),
        "reload": attr.int(
            default = 0,
            doc = "How often everything is loaded, run and unloaded again after the first time.",
        ),
        "unchecked": attr.string_list(
            doc = "Checks that the kernel need not make possible: `\"calls\"`, `\"kmalloc\"` or `\"state\"`. Without it, a check that was not done fails the test.",
        ),
        "unload": attr.bool(
            default = True,
            doc = "Whether the modules are unloaded at the end. False is for modules that cannot be unloaded; the test then does not look for what they leave behind.",
        ),
        "_guest_init": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:guest_init"),
            executable = True,
        ),
        "_snapshot": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:vm_snapshot"),
            providers = [VmSnapshotInfo],
        ),
        "_vm_runner": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:vm_runner"),
            executable = True,
        ),
        "_watch": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:kmod_watch_ko"),
            providers = [KernelModuleInfo],
        ),
    }),
    doc = "A kernel_module_test on one kernel; kernel_module_test.bzl documents it.",
    test = True,
)
