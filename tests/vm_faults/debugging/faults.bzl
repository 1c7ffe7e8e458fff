# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The faults that only debugging kernels see, as in the table of tests/vm_faults/faults.bzl."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")

KERNEL = "@debian12_debug_amd64//:kernel"
KCSAN_KERNEL = "@debian12_kcsan_amd64//:kernel"

# An emulated kernel takes seconds for a scan, and longer on a busy host.
_WITHIN_MS = 40000

def _fault(module, parameters, verdict, texts, within_ms = _WITHIN_MS, kernel = KERNEL, **kwargs):
    """Makes the attributes of a fault_test.

    Args:
      module: (string) the kernel module, whose target is `<module>_ko`, or the label of one.
      parameters: (string) its parameters.
      verdict: (string) the verdict.
      texts: (list[string]) what the output must contain.
      within_ms: (int) milliseconds, as in fault_test.
      kernel: (string) the label of the kernel.
      **kwargs: further attributes of fault_test.

    Returns:
      (dict) the attributes.
    """
    return dict(
        kernel = kernel,
        modules = {module if module.startswith("//") else ":{}_ko".format(module): parameters},
        texts = texts,
        verdict = verdict,
        within_ms = within_ms,
        **kwargs
    )

def _complaint(module, parameters, verdict, headline, lines, **kwargs):
    """A fault that is a complaint of the kernel, with the lines of its report."""
    return _fault(
        module,
        parameters,
        verdict,
        ["verdict: {}: {}".format(verdict, headline)] + lines,
        cases = ["no complaint from the kernel:failed:" + verdict],
        **kwargs
    )

def _c_access(fault, what, function):
    return _complaint("memory_access", "fault=" + fault, "kasan", "BUG: KASAN: {} in {}+0x".format(what, function), ["tests/vm_faults/debugging/memory_access.c:"])

def _cxx_access(number, what, function):
    return _complaint("object_access", "fault={}".format(number), "kasan", "BUG: KASAN: {} in ".format(what), [function, "tests/vm_faults/debugging/object_access.cc:"])

_ACCESSES = {
    "c_behind_global": _c_access("behind_global", "global-out-of-bounds", "read_behind_global"),
    "c_behind_heap": _c_access("behind_heap", "slab-out-of-bounds", "read_behind_heap"),
    "c_behind_stack": _c_access("behind_stack", "stack-out-of-bounds", "read_behind_stack"),
    "c_behind_vmalloc": _c_access("behind_vmalloc", "vmalloc-out-of-bounds", "read_behind_vmalloc"),
    "c_freed": _c_access("freed", "use-after-free", "read_freed"),
    "cxx_behind_global": _cxx_access(4, "global-out-of-bounds", "read_behind_global()"),
    "cxx_behind_heap": _cxx_access(2, "slab-out-of-bounds", "read_behind_heap()"),
    "cxx_behind_stack": _cxx_access(3, "stack-out-of-bounds", "read_behind_stack()"),
    "cxx_freed": _cxx_access(1, "use-after-free", "read_freed()"),
}

_UNDEFINED = {
    "cxx_index": _complaint("object_access", "fault=6", "ubsan", "UBSAN: array-index-out-of-bounds in tests/vm_faults/debugging/object_access.cc:", ["read_at(int)"]),
    "cxx_shift": _complaint("object_access", "fault=5", "ubsan", "UBSAN: shift-out-of-bounds in tests/vm_faults/debugging/object_access.cc:", ["shift(int)"]),
}

def _locking(fault, headline, lines = []):
    return _complaint("context_fault", "fault=" + fault, "lockdep", headline, lines + ["tests/vm_faults/debugging/context_fault.c:"])

_CONTEXTS = {
    "allocation_under_spinlock": _complaint("context_fault", "fault=allocation_under_spinlock", "atomic_sleep", "BUG: sleeping function called from invalid context at include/linux/sched/mm.h:", ["tests/vm_faults/debugging/context_fault.c:"]),
    "lock_shared_with_timer": _locking("shared_with_timer", "WARNING: inconsistent lock state"),
    "lock_unlocked_twice": _locking("unlocked_twice", "WARNING: bad unlock balance detected!"),
    "locks_in_both_orders": _locking("both_orders", "WARNING: possible circular locking dependency detected", ["-> #1 (second){+.+.}-{3:3}:"]),
    "mutex_under_spinlock": _complaint("context_fault", "fault=mutex_under_spinlock", "atomic_sleep", "BUG: sleeping function called from invalid context at kernel/locking/mutex.c:", ["tests/vm_faults/debugging/context_fault.c:"]),
    "rcu_without_lock": _locking("rcu_without_lock", "WARNING: suspicious RCU usage"),
}

def _state(fault, headline):
    return _complaint("object_state", "fault=" + fault, "object_state", headline, ["tests/vm_faults/debugging/object_state.c:"])

_STATES = {
    "pending_timer_freed": _state("pending_timer_freed", "ODEBUG: free active (active state 0) object type: timer_list hint: on_timer+0x0"),
    "pending_timer_set_up": _state("pending_timer_set_up", "ODEBUG: init active (active state 0) object type: timer_list hint: on_timer+0x0"),
    "queued_work_freed": _state("queued_work_freed", "ODEBUG: free active (active state 0) object type: work_struct hint: on_work+0x0"),
}

_UNREACHABLE = ["no unreachable memory:failed:kmemleak"]

# What the guest finds in a stock kernel, too, is a leak; kmemleak is asked for the rest.
_LEAKS = {
    "kmalloc_lost": _fault(
        "//tests/vm_faults:leak_kmalloc_ko",
        "",
        "kmemleak",
        ["pieces of unreachable memory", "tests/vm_faults/leak_kmalloc.cc:"],
        cases = _UNREACHABLE,
        kernel_args = ["slub_debug=-"],
        unchecked = ["kmalloc"],
    ),
    "nodes_lost": _fault(
        "object_state",
        "fault=nodes_lost",
        "kmemleak",
        ["pieces of unreachable memory, ", "lose_nodes  ", "tests/vm_faults/debugging/object_state.c:"],
        cases = _UNREACHABLE,
    ),
}

def _race(module, source, how, lines, cpus = 2):
    """A data race, whose report has a stack of each access.

    Args:
      module: (string) the kernel module.
      source: (string) its source file.
      how: (string) its parameter.
      lines: (list[int]) the lines of the accesses.
      cpus: (int) the number of processors.

    Returns:
      (dict) the attributes.
    """
    return _complaint(
        module,
        # The first report ends the run.
        "seconds=10 how=" + how,
        "kcsan",
        "BUG: KCSAN: data-race in ",
        [" by task "] + ["  tests/vm_faults/debugging/{}:{}\n".format(source, line) for line in lines],
        cpus = cpus,
        kernel = KCSAN_KERNEL,
    )

def _c_race(how, lines, **kwargs):
    return _race("data_race", "data_race.c", how, lines, **kwargs)

def _cxx_race(how, lines):
    return _race("race", "race.cc", str(how), lines)

_RACES = {
    "c_bit_fields": _c_race("bit_fields", [55, 56]),
    "c_lock_without_release": _c_race("lock_without_release", [61]),
    "c_plain_counter": _c_race("plain_counter", [45]),
    # Preemption is enough.
    "c_plain_counter_on_one_processor": _c_race("plain_counter", [45], cpus = 1),
    # The timer interrupts the thread.
    "c_plain_counter_in_timer": _c_race("plain_counter_in_timer", [45], cpus = 1),
    "c_plain_flag": _c_race("plain_flag", [47, 49]),
    "c_plain_pointer": _c_race("plain_pointer", [52, 53]),
    "cxx_bit_fields": _cxx_race(4, [57, 58]),
    "cxx_lock_without_release": _cxx_race(5, [63]),
    "cxx_plain_counter": _cxx_race(1, [45]),
    "cxx_plain_flag": _cxx_race(2, [47, 49]),
    "cxx_plain_list": _cxx_race(3, [52, 54]),
}

# Attributes of each fault_test, by the fault's name.
FAULTS = dicts.add(_ACCESSES, _UNDEFINED, _CONTEXTS, _STATES, _LEAKS, _RACES)

# The same modules without a fault.
SOUND = {
    "context_fault": "fault=none",
    "memory_access": "fault=none",
    "object_access": "fault=0",
    "object_state": "fault=none",
}

# Memory that several threads use as the language and the kernel allow it: the module's parameter by the test's name.
SOUND_SHARING = {
    "c_atomic_counter": ("data_race", "how=atomic_counter"),
    "c_lock_with_release": ("data_race", "how=lock_with_release"),
    "c_locked_counter": ("data_race", "how=locked_counter"),
    "c_locked_counter_in_timer": ("data_race", "how=locked_counter_in_timer"),
    "c_marked_flag": ("data_race", "how=marked_flag"),
    "c_rcu": ("data_race", "how=rcu"),
    "cxx_atomic_counter": ("race", "how=12"),
    "cxx_lock_with_release": ("race", "how=11"),
    "cxx_marked_flag": ("race", "how=14"),
    "cxx_mutex": ("race", "how=13"),
    # Clang checks the pointers to tables of virtual functions as well.
    "cxx_virtual_function": ("race", "how=15"),
}
