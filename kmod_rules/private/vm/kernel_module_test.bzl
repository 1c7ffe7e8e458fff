# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_module_test: a test on one kernel, or a suite of tests on several."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules/private/kernel:kernel_names.bzl", "names_of_kernels")
load(":single_kernel_test.bzl", "single_kernel_test")

def kernel_module_test(
        name,
        modules,
        programs = [],
        data = [],
        expect = [],
        forbid = [],
        allow = {},
        allow_taint = "",
        load_error = "",
        stock_modules = [],
        reload = 0,
        fail_allocations = False,
        unload = True,
        unchecked = [],
        kernel = None,
        kernels = None,
        kernel_args = [],
        cpus = 1,
        memory = 256,
        devices = [],
        **kwargs):
    """Boots a kernel in a virtual machine (VM), loads modules into it, runs programs, and unloads the modules.

    The test passes only if every module loads and unloads, every program exits with 0, every line of `expect` and no
    line of `forbid` is in the kernel's log, the modules leave nothing behind, and the kernel has no complaint: no
    warning, BUG, oops or lockup, and no taint except those of an unsigned module from outside the kernel's tree. The
    VM is emulated and needs nothing from the host, so the test runs anywhere.

    ```
    kernel_module_test(
        name = "demo_test",
        expect = ["demo: ready", "demo: bye"],
        kernels = ["@debian12_cloud_amd64//:kernel", "@debian12_amd64//:kernel"],
        modules = {":demo_ko": "buffers=4"},
        programs = [":ioctl_test"],
    )
    ```

    `--test_filter=NAME` runs only the programs with that name, `--test_arg=--program-arg=TEXT` passes TEXT to them, and
    `shard_count` divides them among VMs.

    Args:
      name: the test's name; with `kernels`, the name of the suite.
      modules: the `kernel_module` targets to load, in this order, with their parameters, such as
        `{":hello_ko": "who=kernel times=2"}`. The modules in their `module_deps` are loaded before them, and all are
        unloaded in reverse order.
      programs: programs to run in the guest, in this order, while the modules are loaded, such as `[":ioctl_test"]`:
        targets with a static executable, such as a `cc_binary` of the hosted toolchain. Their runfiles come with them.
      data: files for the programs, such as `["frames.bin"]`. They have the paths of runfiles on a host: programs start
        in the directory of the workspace's runfiles.
      expect: messages that the kernel's log must have, in this order and each the whole message, such as
        `["hello: hello, kernel", "hello: bye"]`. `*` stands for any text, `\\\\*` for a star.
      forbid: texts that no message of the kernel's log may contain while the test runs, such as `["timed out"]`. `*`
        stands for any text.
      allow: complaints of the kernel that are known and harmless, each with the reason, such as
        `{"demo: unknown parameter 'old' ignored": "told to users of 1.x"}`. Each is the whole message, and `*` stands for
        any text. Warnings can be allowed; an oops, a lockup or a panic cannot.
      allow_taint: letters of the taints that do not fail the test, in addition to O and E, such as `"P"`.
      load_error: if given, the kernel must refuse to load the last module with this errno, such as `"EINVAL"`, and the
        module must leave nothing behind.
      stock_modules: names of the kernel's own modules to load first, or their aliases, such as
        `["loop", "fs-configfs"]`. Those that `modules` depend on are loaded in any case, as modprobe does.
      reload: how often everything is loaded, run and unloaded again after the first time.
      fail_allocations: whether everything is loaded, run and unloaded once more for each allocation that the code of the
        modules makes, which then fails: the first, then the second, until none is left. A module may then refuse to
        load with an errno, and a program may fail; the kernel must not complain, and nothing may be left behind.
      unload: whether the modules are unloaded at the end. False is for modules that cannot be unloaded; the test then
        does not look for what they leave behind.
      unchecked: checks that this kernel need not make possible, such as `["calls"]` on a kernel of your own without
        ftrace: `"calls"` (what is left to be called), `"kmalloc"` (memory of `kmalloc()`) and `"state"` (the files of
        /proc and /sys). Without it, a check that was not done fails the test.
      kernel: the kernel to boot, such as `"@debian12_amd64//:kernel"`. The default is the kernel of the flag
        `--//kmod_rules:kernel`. The modules are built for it.
      kernels: labels of kernels, instead of `kernel`. Each gets a test of its own, `NAME_KERNEL`, and `NAME` is the suite
        of these tests.
      kernel_args: further arguments of the kernel's command line, such as `["slub_debug=FZP"]`. They follow the
        arguments that every VM has, so they take precedence.
      cpus: the number of processors of the VM, from 1 to 64.
      memory: the memory of the VM in MiB, from 96 to 65536.
      devices: PCI devices that QEMU emulates for the VM, as its option `-device` takes them, such as `["edu"]`. With one,
        the VM has a PCI bus.
      **kwargs: the common attributes of all tests, such as `size`, `timeout`, `tags`, `flaky`, `shard_count` and
        `visibility`.
    """
    attributes = dicts.add(kwargs, {
        "allow": allow,
        "allow_taint": allow_taint,
        "cpus": cpus,
        "data": data,
        "devices": devices,
        "expect": expect,
        "fail_allocations": fail_allocations,
        "forbid": forbid,
        "kernel_args": kernel_args,
        "load_error": load_error,
        "memory": memory,
        "modules": modules,
        "programs": programs,
        "reload": reload,
        "stock_modules": stock_modules,
        "unchecked": unchecked,
        "unload": unload,
    })
    if kernels == None:
        single_kernel_test(name = name, kernel = kernel, **attributes)
        return
    if kernel != None:
        fail("{}: both kernel and kernels are given. Add the one kernel to kernels, or remove kernels.".format(name))
    names = names_of_kernels(name, kernels)
    for test, each in names.items():
        single_kernel_test(name = test, kernel = each, **attributes)
    native.test_suite(
        name = name,
        # A suite of manual tests must not match `...` either.
        tags = ["manual"] if "manual" in kwargs.get("tags", []) else [],
        tests = names.keys(),
        visibility = kwargs.get("visibility"),
    )
