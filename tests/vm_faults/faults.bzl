# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The table of faults: each is a VM test that must fail, in its own way and in time.

A row has the module or program that causes the fault, the verdict that the VM test must end with, the milliseconds
that it may take, and what else it must show: `texts` in its output, `cases` in its test.xml. The other attributes
are those of fault_test.

A new fault is a module in C beside this file, or a program in programs/, and one row here.

The times leave room for a busy host. They are there to notice a test that needlessly waits for a limit, such as 20 s
of silence or 60 s for a boot.
"""

load("@bazel_skylib//lib:dicts.bzl", "dicts")

def _module(module, parameters, verdict, within_ms, **kwargs):
    """A fault of a module.

    Args:
      module: (string) the name of the kernel module, whose target in this package is `<module>_ko`.
      parameters: (string) its parameters.
      verdict: (string) the verdict.
      within_ms: (int) milliseconds, as in fault_test.
      **kwargs: further attributes of fault_test.

    Returns:
      (dict) the attributes of the fault_test.
    """
    return dict(
        modules = {":{}_ko".format(module): parameters},
        verdict = verdict,
        within_ms = within_ms,
        **kwargs
    )

def _program(program, verdict, within_ms, module = "device_fault", parameters = "", **kwargs):
    """A fault of a program, or of a module that a program uses.

    Args:
      program: (string) the program's name in programs/.
      verdict: (string) the verdict.
      within_ms: (int) milliseconds, as in fault_test.
      module: (string) as in _module; the default does nothing wrong.
      parameters: (string) the module's parameters.
      **kwargs: further attributes of fault_test.

    Returns:
      (dict) the attributes of the fault_test.
    """
    return _module(module, parameters, verdict, within_ms, programs = ["//tests/vm_faults/programs:" + program], **kwargs)

_INIT_AND_EXIT = {
    "assertion": _module("assertion", "", "oops", 12000, texts = ["assertion: tests/vm_faults/assertion.cc:14: assertion failed: number % 2 == 0"]),
    "assertion_warns": _module(
        "assertion",
        "warns=3",
        "warn",
        6000,
        expect = ["assertion: went on"],
        texts = ["assertion: tests/vm_faults/assertion.cc:19: assertion failed: number % 2 == 0"],
    ),
    "bug": _module("init_fault", "fault=bug", "oops", 12000),
    "rust_overflow": _module("rust_panic", "index=2 most=1", "oops", 12000, texts = ["rust_panic: panicked at tests/vm_faults/rust_panic.rs:24: attempt to add with overflow"]),
    "rust_panic": _module("rust_panic", "index=7", "oops", 12000, texts = [
        "rust_panic: panicked at tests/vm_faults/rust_panic.rs:18: index out of bounds: the len is 3 but the index is 7",
        "core::panicking::panic_bounds_check",
        "library/core/src/panicking.rs:",
        "rust_panic::level_of  ",
        "  tests/vm_faults/rust_panic.rs:18",
    ]),
    "init_defers": _module("init_fault", "fault=defer", "fail", 6000, texts = ["loading init_fault failed with EPROBE_DEFER (517, which only the kernel uses)"]),
    "init_finds_nothing": _module("init_fault", "fault=enoent", "fail", 6000, texts = ["loading init_fault failed with ENOENT (No such file or directory); the kernel does not say why, so the module's init may have returned it"]),
    "init_returns_no_errno": _module("init_fault", "fault=no_errno", "fail", 6000, load_error = "EAGAIN", texts = ["loading init_fault failed with errno 5000, but has to fail with EAGAIN"]),
    "init_returns_positive": _module("init_fault", "fault=positive", "fail", 6000, texts = ["init suspiciously returned 1"]),
    "line_missing": _module(
        "init_fault",
        "fault=quiet",
        "missing_line",
        6000,
        cases = ["load init_fault:passed", "log line: init_fault: hello:failed:missing_line"],
        expect = ["init_fault: hello"],
    ),
    "lock_held_at_exit": _module("exit_fault", "fault=lock_held", "warn", 6000),
    "null_write": _module("init_fault", "fault=null_write", "oops", 12000),
    "interrupts_off_at_exit": _module("exit_fault", "fault=interrupts_off", "leak", 12000, cases = ["nothing left behind:failed:leak"], texts = ["verdict: leak: exit_fault left interrupts disabled"]),
    "oops_in_exit": _module("exit_fault", "fault=null_write", "oops", 12000),
    "out_of_memory_in_init": _module("init_fault", "fault=enomem", "fail", 6000, cases = ["load init_fault:failed:fail"], texts = ["loading init_fault failed with ENOMEM"]),
    "panic_in_init": _module("init_fault", "fault=panic", "panic", 6000, texts = ["it began, but the run ended in it", "verdict: panic: Kernel panic - not syncing: on purpose"]),
    "pure_virtual": _module("pure_virtual", "", "oops", 12000, texts = ["__cxa_pure_virtual"]),
    "sleep_in_atomic": _module("init_fault", "fault=sleep_in_atomic", "warn", 6000),
    "stack_overflow": _module("init_fault", "fault=stack_overflow", "panic", 6000, texts = ["stack guard page was hit"]),
    "taint": _module("init_fault", "fault=taint", "warn", 6000, cases = ["taint mask:failed:warn"], texts = ["the kernel is tainted: U"]),
    "unload_refused": _module("init_fault", "fault=self_reference", "leak", 6000, cases = ["unload init_fault:failed:leak"]),
    "warning": _module("init_fault", "fault=warn", "warn", 6000),
}

# What the kernel complains of without WARN() or BUG().
_COMPLAINTS = {
    "call_trace": _module(
        "complaint_fault",
        "fault=call_trace",
        "warn",
        6000,
        texts = ["the kernel printed a call trace that belongs to no known complaint, after: ", "show_stack_without_reason"],
    ),
    "debugfs_directory_twice": _module("complaint_fault", "fault=directory_twice", "warn", 6000, texts = ["verdict: warn: debugfs: "]),
    "dma_pool_in_use": _module("complaint_fault", "fault=busy_pool", "warn", 6000, texts = ["dma_pool_destroy complaint_pool"]),
    "foreign_ports_freed": _module("complaint_fault", "fault=foreign_ports", "warn", 6000, texts = ["Trying to free nonexistent resource"]),
    "irq_ignored": _module("complaint_fault", "fault=irq_ignored", "warn", 20000, texts = ["nobody cared (try booting with the \"irqpoll\" option)"]),
    "irq_returned_nonsense": _module("complaint_fault", "fault=irq_nonsense", "warn", 6000, texts = ["bogus return value"]),
    "kobject_twice": _module("complaint_fault", "fault=object_twice", "warn", 6000, texts = ["tried to init an initialized object"]),
    "much_memory": _module("complaint_fault", "fault=much_memory", "fail", 10000, texts = ["page allocation failure"]),
    "sleep_behind_allowed_complaint": _module(
        "complaint_fault",
        "fault=sleep_behind_duplicate",
        "warn",
        6000,
        allow = {"sysfs: cannot create duplicate filename '/kernel/complaint_fault'": "it is what is tested"},
        texts = ["verdict: warn: BUG: scheduling while atomic"],
    ),
    "softirq_preemption": _module("complaint_fault", "fault=tasklet", "warn", 6000, texts = ["huh, entered softirq"]),
    "sysfs_file_twice": _module("complaint_fault", "fault=file_twice", "warn", 6000, texts = ["verdict: warn: sysfs: cannot create duplicate filename"]),
}

_HANGS = {
    "endless_loop": _module("init_fault", "fault=loop", "hang", 30000, texts = ["soft lockup"]),
    # Only the host can notice this one, after 20 s: the emulated CPU has no performance counter for the guest's
    # detector of hard lockups.
    "endless_loop_without_interrupts": _module("init_fault", "fault=loop_without_interrupts", "hang", 30000, texts = ["the guest sent nothing for 20.0 s, during \"load init_fault\""]),
    "hung_task": _module("init_fault", "fault=wait_for_ever", "hang", 12000, kernel_args = ["sysctl.kernel.hung_task_timeout_secs=2"], texts = ["blocked for more than"]),
    "sleep_for_ever": _module("init_fault", "fault=sleep_for_ever", "hang", 10000, cases = ["load init_fault:failed:fail"], test_args = ["--run-timeout-s=2"], texts = ["sleep_for_ever+0x", "tests/vm_faults/init_fault.c:"]),
}

# After the module's init has returned, outside any process of the test.
_LATER = {
    "oops_in_thread": _program("linger", "oops", 12000, module = "later_fault", parameters = "where=thread"),
    "oops_in_work": _program("linger", "oops", 12000, module = "later_fault", parameters = "where=work"),
    "panic_in_timer": _program("linger", "panic", 12000, module = "later_fault", parameters = "where=timer"),
}

# In a device that a program reads.
_DEVICE = {
    # Half a line of the program, on the console and in its output, is shown and hides nothing.
    "panic_behind_unfinished_line": _program(
        "unfinished_line",
        "panic",
        10000,
        absent_texts = ["progress 50%[", "half a line\nguest"],
        parameters = "fault=panic",
        texts = ["guest| progress 50%\n", "unfinished_line| half a line\n", "verdict: panic: Kernel panic - not syncing: on purpose"],
    ),
    "null_read_in_device": _program("read_device", "oops", 12000, parameters = "fault=null_read"),
    "warning_in_device": _program("read_device", "warn", 6000, parameters = "fault=warn_once"),
}

# The kernel notices these only with the arguments that every test gives it.
_MEMORY = {
    "cache_in_use": _module("memory_fault", "fault=cache_in_use", "leak", 10000, texts = ["Objects remaining"]),
    "double_free": _module("memory_fault", "fault=double_free", "warn", 10000, texts = ["BUG kmalloc-32"]),
    "list_corruption": _module("memory_fault", "fault=list_corruption", "oops", 12000, texts = ["list_del corruption"]),
    "out_of_bounds": _module("memory_fault", "fault=out_of_bounds", "warn", 10000, texts = ["BUG kmalloc-32"]),
    "write_after_free_at_exit": _module("exit_fault", "fault=write_after_free", "warn", 12000, texts = ["BUG kmalloc-4k"]),
    "use_after_free": _module("memory_fault", "fault=use_after_free", "oops", 12000, texts = ["general protection fault"]),
}

_LEAKED = ["nothing left behind:failed:leak"]

# What a module does not release.
_LEAKS = {
    "leak_of_cache": _module("leak_cache", "", "leak", 12000, cases = _LEAKED, texts = ["left behind:", "slab cache (leak_cache)"]),
    "leak_of_chrdev": _module("leak_chrdev", "", "leak", 12000, cases = _LEAKED, texts = ["left behind:"]),
    "leak_of_kmalloc": _module("leak_kmalloc", "", "leak", 12000, cases = _LEAKED, texts = ["left behind:", "3 pieces of kmalloc memory", "tests/vm_faults/leak_kmalloc.cc:"]),
    "leak_of_kthread": _module("leak_kthread", "", "leak", 12000, cases = _LEAKED, texts = ["left behind:", "kernel thread"]),
    "leak_of_vmalloc": _module("leak_vmalloc", "", "leak", 12000, cases = _LEAKED, texts = ["left behind:", "vmalloc memory", "tests/vm_faults/leak_vmalloc.c:"]),
}

def _allocation(fault, verdict, texts):
    return _module("allocation_fault", "fault=" + fault if fault else "", verdict, 20000, fail_allocations = True, texts = texts)

# What a module does wrong when it gets no memory.
_ALLOCATIONS = {
    "allocation_failure_is_leak": _allocation("leak", "leak", ["verdict: leak: kmalloc memory (kmalloc-128), 128 bytes, after the allocation by kstrdup() at allocation_fault_init+"]),
    "allocation_failure_is_not_checked": _allocation("", "oops", ["kmod_watch: allocation 2 fails: kstrdup() at allocation_fault_init+"]),
    "allocation_failure_is_success": _allocation("positive", "fail", ["suspiciously returned 1"]),
    "allocation_never_fails": _allocation("none", "fail", ["the modules have allocated nothing, so nothing could fail"]),
}

def _left(left, function, variable = "", where = "in_exit=1", module = "left_fault", **kwargs):
    """A module that leaves something to be called.

    Args:
      left: (string) the parameter `left` of the module.
      function: (string) what is left and its function, as the reason has it.
      variable: (string) its variable.
      where: (string) further parameters.
      module: (string) left_fault or left_registration.
      **kwargs: further attributes of fault_test.

    Returns:
      (dict) the attributes of the fault_test.
    """
    reason = "verdict: leak: {} left {}(){}".format(module, function, ", its variable is " + variable if variable else "")
    return _module(module, "left={} {}".format(left, where), "leak", 20000, cases = _LEAKED, texts = [reason], **kwargs)

def _registered(left, function, variable = ""):
    return _left(left, function, variable, where = "", module = "left_registration")

# What a module leaves to be called when it is gone.
_LEFT = {
    "left_cpu_state": _registered("cpu_state", "the CPU hotplug state \"left_registration:online\": its function is on_cpu"),
    "left_delayed_work": _left("delayed_work", "delayed work that is pending: its function is on_delayed_work", "delayed_work"),
    "left_file_system": _registered("file_system", "a file system that is registered: its function is kill_super", "file_system"),
    "left_function_of_class": _module("left_worker", "", "leak", 12000, cases = _LEAKED, texts = ["verdict: leak: left_worker left delayed work that is pending: its function is (anonymous namespace)::Worker::run(work_struct*), its variable is (anonymous namespace)::work"]),
    "left_hrtimer": _left("hrtimer", "a high-resolution timer that is pending: its function is on_hrtimer", "hrtimer"),
    "left_irq_work": _left("irq_work", "irq_work that is pending or running: its function is on_irq_work", "irq_work", cpus = 2),
    "left_kprobe": _registered("kprobe", "a kprobe that is registered: its function is on_sync", "kprobe"),
    "left_kretprobe": _registered("kretprobe", "a kretprobe that is registered: its function is after_sync", "kretprobe"),
    "left_kthread_delayed_work": _registered("kthread_delayed_work", "delayed work of a kthread_worker that is pending: its function is on_kthread_work", "kthread_delayed_work"),
    "left_kthread_work": _registered("kthread_work", "work of a kthread_worker that is queued or running: its function is on_kthread_work", "kthread_work"),
    "left_module_notifier": _left("module_notifier", "a notifier that is registered on module_notify_list: its function is on_event", "block"),
    "left_named_thread": _module("left_registration", "left=named_thread", "leak", 12000, cases = _LEAKED, texts = ["kernel thread (kworker/0:9, pid "]),
    "left_nested_debugfs_entry": _module("left_registration", "left=nested_debugfs_entry", "leak", 12000, cases = _LEAKED, texts = ["debugfs entry (bdi/left_registration)"]),
    "left_nested_proc_entry": _module("left_registration", "left=nested_proc_entry", "leak", 12000, cases = _LEAKED, texts = ["/proc entry (fs/left_registration)"]),
    "left_netdevice_notifier": _left("netdevice_notifier", "a notifier that is registered on netdev_chain: its function is on_event", "block"),
    "left_pm_notifier": _left("pm_notifier", "a notifier that is registered on pm_chain_head: its function is on_event", "block"),
    "left_rcu_callback": _left("rcu", "an RCU callback that is pending: its function is on_grace_period"),
    "left_rcu_tasks_callback": _registered("rcu_tasks", "an RCU callback that is pending: its function is on_tasks_grace_period"),
    "left_rcu_work": _registered("rcu_work", "work that waits for an RCU grace period: its function is on_rcu_work", "rcu_work"),
    "left_reboot_notifier": _left("reboot_notifier", "a notifier that is registered on reboot_notifier_list: its function is on_event", "block"),
    "left_running_work": _left("work", "work that is running: its function is on_work", "work"),
    "left_shrinker": _registered("shrinker", "a shrinker that is registered: its function is scan_objects"),
    "left_tasklet": _left("tasklet", "a tasklet that is scheduled: its function is on_tasklet", "tasklet"),
    "left_tty_driver": _module("left_registration", "left=tty_driver", "leak", 12000, cases = _LEAKED, texts = ["ttyLEFT"]),
    "left_timer": _left("timer", "a timer that is pending: its function is on_timer", "timer"),
    "left_timer_of_init": _left("timer", "a timer that is pending: its function is on_timer", "timer", where = ""),
    "left_timer_of_refused": _left("timer", "a timer that is pending: its function is on_timer", "timer", load_error = "ENODEV", where = "refused=1"),
    "left_timer_that_starts_itself": _left("busy_timer", "a timer that is pending: its function is on_timer", "timer", where = ""),
}

def _not_checked(name, reason, **kwargs):
    """A module without a fault, in a guest that could not look for one.

    Args:
      name: (string) the check.
      reason: (string) why it was not done.
      **kwargs: further attributes of fault_test.

    Returns:
      (dict) the attributes of the fault_test.
    """
    return _module("device_fault", "", "fail", 12000, cases = [name + ":failed:fail"], texts = ["verdict: fail: \"{}\" was not checked: {}".format(name, reason)], **kwargs)

# What a guest cannot look for has not passed.
_NOT_CHECKED = {
    "unchecked_calls": _not_checked("nothing left to be called", "cannot place ftrace at the functions that modules call: error -16", kernel_args = ["sysctl.kernel.ftrace_enabled=0"]),
    "unchecked_kmalloc": _not_checked("no memory of kmalloc() left behind", "the kernel has no /sys/kernel/debug/slab/kmalloc-64/alloc_traces", kernel_args = ["debugfs=off"]),
    "unchecked_state": _not_checked("state of the kernel", "/proc/slabinfo: it does not begin with", programs = ["//tests/vm_faults/programs:cover_slabinfo"]),
}

_SWITCHED_OFF = "a process in the guest switched it off or restarted it during \"program {}\""

_PROGRAMS = {
    "hung_up_port": _program("hang_up_port", "infrastructure", 25000, texts = ["hung up by a process in the guest"]),
    "module_unloaded_by_program": _program("unload_module", "fail", 6000, cases = ["unload device_fault:failed:fail"], texts = ["the kernel has no module of that name, something has unloaded it"]),
    "power_off": _program("power_off", "fail", 10000, texts = [_SWITCHED_OFF.format("power_off")]),
    "program_crash": _program("crash", "fail", 6000, cases = ["program crash:failed:fail"], texts = ["the program crash was killed by signal 11 (SIGSEGV)"]),
    "program_hang": _program("hang", "hang", 10000, cases = ["program hang:failed:fail"], test_args = ["--run-timeout-s=2"], texts = ["the program hang did not end within"]),
    "program_out_of_memory": _program("eat_memory", "fail", 10000, cases = ["program eat_memory:failed:fail"], memory = 128, texts = ["the guest ran out of memory, whose size the test's attribute memory sets"]),
    "reset_by_sysrq": _program("sysrq_reset", "fail", 10000, texts = [_SWITCHED_OFF.format("sysrq_reset") + ": sysrq: Resetting"]),
    "restart": _program("restart", "fail", 10000, texts = [_SWITCHED_OFF.format("restart")]),
}

# Modules and programs that pretend to pass.
_FORGERIES = {
    "claim_in_kmsg": _program(
        "claim_in_kmsg",
        "missing_line",
        8000,
        cases = ["log line: device_fault: ready:failed:missing_line"],
        expect = ["device_fault: ready"],
        texts = ["the kernel log has no line \"device_fault: ready\"; a process wrote it to /dev/kmsg, but only lines of the kernel and its modules count"],
    ),
    "forged_frames": _program("forge_frames", "infrastructure", 12000, texts = ["the channel to the guest was disturbed"]),
    "module_claims_success": _module("init_fault", "fault=claim", "missing_line", 6000, expect = ["init_fault: hello"], texts = ["verdict: pass: all 9 checks passed"]),
    "program_claims_success": _program("forge_report", "fail", 6000, cases = ["program forge_report:failed:fail"], texts = ["forge_report| verdict: pass: all 9 checks passed"]),
}

_FLOODS = {
    "console_flood": _program("flood_console", "fail", 45000, texts = ["printed more on its console than the"]),
    "log_flood": _module("init_fault", "fault=flood", "fail", 45000, texts = ["printed more on its console than the"]),
}

# In MiB. Not the memory of the VM that is booted before tests, so that the test boots the kernel.
_NO_SNAPSHOT = 257

_NOT_A_MODULE = ["loading init_fault failed with ENOEXEC"]

# Files that are damaged, foreign or too large; BUILD.bazel makes them.
_FILES = {
    "corrupted_kernel": _module(
        "device_fault",
        "",
        "no_boot",
        25000,
        kernel = "//tests/vm_faults/kernels/corrupted:kernel",
        memory = _NO_SNAPSHOT,
        texts = ["the kernel image cannot be unpacked, it is damaged or incomplete: "],
    ),
    "damaged_elf_header": _module("damaged_elf_header", "fault=quiet", "fail", 10000, cases = ["load init_fault:failed:fail"], texts = _NOT_A_MODULE),
    "damaged_section_headers": _module("damaged_section_headers", "fault=quiet", "fail", 10000, cases = ["load init_fault:failed:fail"], texts = _NOT_A_MODULE),
    "foreign_module": _module("foreign", "fault=quiet", "fail", 10000, texts = _NOT_A_MODULE + ["; the kernel says: "]),
    "large_initramfs": _program(
        "crash",
        "no_boot",
        25000,
        data = [":zeros.bin"],
        memory = 96,
        texts = ["MiB and is in memory twice while it is unpacked, but the virtual machine has only 96 MiB"],
    ),
    "truncated_kernel": _module(
        "device_fault",
        "",
        "no_boot",
        25000,
        kernel = "//tests/vm_faults/kernels/truncated:kernel",
        memory = _NO_SNAPSHOT,
        texts = ["the kernel did not start, perhaps because its image is damaged or incomplete"],
    ),
}

# Faults of the host.
_HOST = {
    # A full disk does not hide a failure.
    "full_disk_and_warning": _module("init_fault", "fault=warn", "warn", 10000, full_disk = "outputs", texts = ["; results of the run are lost: cannot write"]),
    "killed_qemu": _module("device_fault", "", "infrastructure", 30000, kill_qemu_at = "kmod_watch: loading out-of-tree module", texts = ["QEMU was killed by signal 9"]),
}

# What a kernel notices. The others are about programs, files and the host.
_KERNEL_FAULTS = dicts.add(
    _INIT_AND_EXIT,
    _COMPLAINTS,
    _HANGS,
    _LATER,
    _DEVICE,
    _MEMORY,
    _LEAKS,
    _LEFT,
    _ALLOCATIONS,
)

# Attributes of each fault_test, by the fault's name.
FAULTS = dicts.add(
    _KERNEL_FAULTS,
    _PROGRAMS,
    _FORGERIES,
    _FLOODS,
    _FILES,
    _HOST,
    _NOT_CHECKED,
)

# Where loops of a module are preempted, only the time limit ends them.
_PREEMPTED_LOOP = {
    "test_args": ["--run-timeout-s=2"],
    "texts": ["did not return within"],
}

# Attributes that differ on a kernel.
_DIFFERENCES = {
    "debian12_rt_amd64": {"endless_loop": _PREEMPTED_LOOP},
    "debian14_cloud_amd64": {"endless_loop": _PREEMPTED_LOOP},
}

def faults_on(kernel):
    """Returns the faults that a kernel notices, for another kernel than the default.

    Args:
      kernel: (string) the name of the kernel's repository, such as `debian13_cloud_amd64`.

    Returns:
      (dict) as FAULTS, with names that end in the kernel's.
    """
    differences = _DIFFERENCES.get(kernel, {})
    return {
        "{}_on_{}".format(name, kernel): dicts.add(
            attributes,
            differences.get(name, {}),
            {"kernel": "@{}//:kernel".format(kernel)},
        )
        for name, attributes in _KERNEL_FAULTS.items()
    }
