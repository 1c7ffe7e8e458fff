# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_module_test."""

load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo")
load(":kernel_transition.bzl", "image_of_kernel", "on_kernel")
load(":module_name.bzl", "check_distinct_names")
load(":tool_configuration.bzl", "TOOL_CONFIGURATION")

# Below the root of the initramfs.
_MODULE_DIRECTORY = "kmod/modules"

def _plan(modules, reload):
    lines = []
    for module, parameters in modules:
        words = ["module", module.module_name, "/{}/{}.ko".format(_MODULE_DIRECTORY, module.module_name)]
        lines.append(" ".join(words + [parameters] if parameters else words))
    if reload:
        lines.append("reload {}".format(reload))
    return "".join([line + "\n" for line in lines])

def _check(ctx, modules):
    if not ctx.attr.modules:
        fail("{}: modules is empty. Name the kernel_module targets to load, with their parameters.".format(ctx.label))
    for target, parameters in ctx.attr.modules.items():
        if KernelModuleInfo not in target:
            fail("{}: modules holds {}, which is no kernel module. It takes kernel_module targets.".format(ctx.label, target.label))
        if "\n" in parameters:
            fail("{}: the parameters of {} hold a line break. Write them as for insmod: \"who=kernel times=2\".".format(ctx.label, target.label))
    if ctx.attr.reload < 0:
        fail("{}: reload is {}. It is how often the modules are loaded again, so 0 or more.".format(ctx.label, ctx.attr.reload))
    check_distinct_names([module for module, _ in modules], ctx.label)

def _write_initramfs(ctx, modules):
    plan = ctx.actions.declare_file(ctx.label.name + ".plan")
    ctx.actions.write(plan, _plan(modules, ctx.attr.reload))
    initramfs = ctx.actions.declare_file(ctx.label.name + ".initramfs.cpio")
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add(initramfs, format = "--output=%s")
    args.add(ctx.executable._guest_init, format = "--file=init:0755:%s")
    args.add(plan, format = "--file=kmod/plan:0644:%s")

    # Before init has mounted anything, the kernel wants a console to give it.
    args.add("--directory=dev")
    args.add("--node=dev/console:c:5:1")
    for directory in ["proc", "sys"]:
        args.add("--directory=" + directory)
    for module, _ in modules:
        args.add(module.stripped_ko, format = "--file={}/{}.ko:0644:%s".format(_MODULE_DIRECTORY, module.module_name))
    ctx.actions.run(
        executable = ctx.executable._write_initramfs,
        arguments = [args],
        inputs = [ctx.executable._guest_init, plan] + [module.stripped_ko for module, _ in modules],
        outputs = [initramfs],
        env = {},
        mnemonic = "Initramfs",
        progress_message = "Writing the initramfs of {}".format(ctx.label),
    )
    return initramfs

def _quote(text):
    return "'" + text.replace("'", "'\\''") + "'"

def _kernel_module_test_impl(ctx):
    modules = [
        (target[KernelModuleInfo], parameters)
        for target, parameters in ctx.attr.modules.items()
        if KernelModuleInfo in target
    ]
    _check(ctx, modules)
    kernel = ctx.attr._kernel[0][KernelInfo]
    for module, _ in modules:
        if module.kernel.label != kernel.label:
            fail("{}: {} is built for kernel {} ({}), and this test boots {} ({}). Give the test the same kernel, or leave the module's out.".format(
                ctx.label,
                module.label,
                module.kernel.label,
                module.kernel.release,
                kernel.label,
                kernel.release,
            ))
    initramfs = _write_initramfs(ctx, modules)
    qemu = ctx.file._qemu.short_path
    words = [
        ctx.executable._vm_runner.short_path,
        "--qemu={}/usr/bin/qemu-system-x86_64".format(qemu),
        "--qemu-data={}/usr/share/qemu".format(qemu),
        "--qemu-data={}/usr/share/seabios".format(qemu),
        "--qemu-modules={}/usr/lib/x86_64-linux-gnu/qemu".format(qemu),
        "--kernel=" + ctx.file._image.short_path,
        "--initramfs=" + initramfs.short_path,
        "--cpus={}".format(ctx.attr.cpus),
        "--memory-mib={}".format(ctx.attr.memory_mib),
        "--reload={}".format(ctx.attr.reload),
    ]
    names = [module.module_name for module, _ in modules]
    if ctx.attr.load_error:
        names[-1] += ":" + ctx.attr.load_error
    words += ["--module=" + name for name in names]
    words += ["--expect=" + line for line in ctx.attr.expect]
    words += ["--kernel-arg=" + argument for argument in ctx.attr.kernel_args]
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec {} \"$@\"\n".format(" \\\n  ".join([_quote(word) for word in words])),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = launcher,
        runfiles = ctx.runfiles([
            ctx.executable._vm_runner,
            ctx.file._image,
            ctx.file._qemu,
            initramfs,
        ]),
    )]

kernel_module_test = rule(
    implementation = _kernel_module_test_impl,
    attrs = {
        "cpus": attr.int(
            default = 1,
            doc = "How many processors the virtual machine has.",
        ),
        "expect": attr.string_list(
            doc = "Messages of the kernel's log that must come, in this order and each the whole message, such as `[\"hello: hello, kernel\", \"hello: bye\"]`.",
        ),
        "kernel": attr.label(
            doc = "The kernel to boot, such as `\"@debian12_amd64//:kernel\"`, instead of the one that `--//kmod_rules:kernel` chooses. The modules are built for it. Its image is the target `image` in the same package.",
        ),
        "kernel_args": attr.string_list(
            doc = "Further arguments of the kernel's command line, such as `[\"slub_debug=FZP\"]`.",
        ),
        "load_error": attr.string(
            doc = "If given, the kernel must refuse to load the last module with this errno, such as `\"EINVAL\"`, and the module must leave nothing behind.",
        ),
        "memory_mib": attr.int(
            default = 256,
            doc = "The virtual machine's memory in MiB.",
        ),
        "modules": attr.label_keyed_string_dict(
            cfg = on_kernel,
            doc = "The `kernel_module` targets to load, in this order, with their parameters, such as `{\":hello_ko\": \"who=kernel times=2\"}`. They are unloaded in reverse.",
            mandatory = True,
        ),
        "reload": attr.int(
            default = 0,
            doc = "How often everything is loaded and unloaded again after the first time.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_guest_init": attr.label(
            cfg = "target",
            default = Label("//kmod_rules/vm:guest_init"),
            executable = True,
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
        "_vm_runner": attr.label(
            cfg = "target",
            default = Label("//kmod_rules/vm:vm_runner"),
            executable = True,
        ),
        "_write_initramfs": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules/vm:write_initramfs"),
            executable = True,
        ),
    },
    doc = """Boots a kernel in a virtual machine, loads modules into it, and unloads them.

The test passes only if every module loads and unloads, every line of `expect` comes, and the kernel
complains about nothing: no warning, no BUG, no oops, no lockup, and no taint but that of an unsigned
module from outside the kernel's tree. The machine is emulated, so it runs anywhere.

```
kernel_module_test(
    name = "hello_test",
    expect = ["hello: hello, kernel", "hello: bye"],
    modules = {":hello_ko": "who=kernel"},
)
```
""",
    test = True,
)
