# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The table that translates a kernel's flags into those of rustc 1.85.

It starts with KernelInfo.cxx_flags, which name what LLVM does: rustc has the same code generator. An unknown flag is
an error that names it, because guessing its meaning could lose a mitigation.
"""

# Flags of Clang to flags of rustc.
_FLAGS = {
    "-O2": ["-Copt-level=2"],
    "-O3": ["-Copt-level=3"],
    "-Os": ["-Copt-level=s"],
    "-fcf-protection=branch": ["-Zcf-protection=branch"],
    "-fcf-protection=none": [],
    "-fno-asynchronous-unwind-tables": ["-Cforce-unwind-tables=no"],
    "-fno-jump-tables": ["-Zno-jump-tables"],
    "-fno-omit-frame-pointer": ["-Cforce-frame-pointers=yes"],
    "-fno-stack-protector": [],
    "-fomit-frame-pointer": [],
    "-fstack-protector": ["-Zstack-protector=basic"],
    "-fstack-protector-strong": ["-Zstack-protector=strong"],
    "-g": ["-Cdebuginfo=2"],
    "-gdwarf-4": ["-Cdebuginfo=2", "-Zdwarf-version=4"],
    "-gdwarf-5": ["-Cdebuginfo=2", "-Zdwarf-version=5"],
    "-mfunction-return=thunk-extern": ["-Zfunction-return=thunk-extern"],
}

# Flags with a value that rustc takes as it is.
_WITH_VALUE = {
    "-fpatchable-function-entry=": "-Zpatchable-function-entry=",
    "-march=": "-Ctarget-cpu=",
    "-mtune=": "-Ztune-cpu=",
}

# Flags of Clang to features of LLVM in the target's description, because rustc has no flag for most of them.
_FEATURES = {
    "-mharden-sls=all": ["+harden-sls-ijmp", "+harden-sls-ret"],
    "-mno-avx": ["-avx", "-avx2"],
    "-mno-mmx": ["-mmx"],
    "-mno-sse": ["-sse", "-sse3", "-ssse3", "-sse4.1", "-sse4.2"],
    "-mno-sse2": ["-sse2"],
    "-mno-sse4a": ["-sse4a"],
    "-mretpoline-external-thunk": ["+retpoline-external-thunk", "+retpoline-indirect-branches", "+retpoline-indirect-calls"],
    "-msoft-float": ["+soft-float"],
}

# Flags that the target's description covers in every kernel.
_IN_TARGET = [
    "-Xclang",
    "-fno-PIE",
    "-fno-stack-check",
    "-fno-stack-clash-protection",
    "-m64",
    "-mcmodel=kernel",
    "-mno-red-zone",
]

# Flags for which Rust has no need, each with the reason. An entry that ends in "=" covers any value.
_UNNEEDED = {
    "-falign-functions=": "LLVM aligns functions to 16 bytes",
    "-falign-loops=1": "size only",
    "-fno-builtin-wcslen": "of C's library",
    "-fno-common": "Rust has no tentative definitions",
    "-fno-delete-null-pointer-checks": "a raw pointer may be null, a reference may not",
    "-fno-optimize-sibling-calls": "for stack traces only",
    "-fno-strict-aliasing": "Rust's types alias as its references say, and raw pointers freely",
    "-fno-strict-overflow": "overflow of integers panics or wraps, and is always defined",
    "-fsanitize-address-destructor=none": "see -fsanitize=kernel-address",
    "-fsanitize=array-bounds": "Rust checks indexes itself",
    "-fsanitize=bool": "Rust has no such values",
    "-fsanitize=enum": "Rust has no such values",
    "-fsanitize=shift": "Rust checks shifts itself, with overflow-checks",
    "-fshort-wchar": "Rust has no wchar_t",
    "-fstrict-flex-arrays=": "Rust checks indexes itself",
    "-ftrivial-auto-var-init=": "Rust refuses to read a variable that has no value",
    "-funsigned-char": "core::ffi::c_char is only used behind pointers here",
    "-mno-3dnow": "LLVM 19 has no such instructions",
    "-mskip-rax-setup": "an instruction less where Rust calls a variadic function of C",
    "-pipe": "how the compiler runs",
}

# Flags that rustc 1.85 cannot express, each with what the code is without it.
_INEXPRESSIBLE = {
    "-fsanitize=kernel-address": "its own accesses to memory are not checked by KASAN; those of the kernel's functions that it calls are",
    "-mindirect-branch-cs-prefix": "a call of a retpoline has no room for the lfence with which some kernels replace it; the kernel keeps the retpoline",
    "-mstack-alignment=8": "functions take a stack that is aligned to 16 bytes for granted; without SSE, no instruction needs it",
}

# The same where a protection of the kernel is missing in the code.
_UNPROTECTED = {
    "-fzero-call-used-regs=": "registers keep what a function left in them",
    "-mstack-protector-guard-symbol=": "its functions have no stack protector, because rustc cannot read the guard of this kernel",
}

# Beginnings of flags that only say more about others.
_DETAILS = ["-asan-", "-mllvm", "-mstack-protector-guard-reg="]

def _find(entries, flag):
    for entry in entries:
        if flag == entry or (entry[-1] == "=" and flag.startswith(entry)):
            return entry
    return None

def translate_rust_flags(cxx_flags, where, fail = fail):
    """Translates a kernel's flags for C++ into those for Rust.

    Args:
      cxx_flags: (list[string]) KernelInfo.cxx_flags.
      where: (string) the kernel, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (struct) `flags` of rustc, `features` of LLVM for the target's description, and `unprotected`, what the code lacks
      of the kernel's protections, each as a string.
    """
    flags = []
    features = []
    unprotected = []
    unknown = []
    for flag in cxx_flags:
        if flag in _FLAGS:
            flags += _FLAGS[flag]
        elif flag in _FEATURES:
            features += _FEATURES[flag]
        elif _find(_WITH_VALUE, flag):
            entry = _find(_WITH_VALUE, flag)
            flags.append(_WITH_VALUE[entry] + flag[len(entry):])
        elif _find(_UNPROTECTED, flag):
            unprotected.append("{}: {}".format(flag, _UNPROTECTED[_find(_UNPROTECTED, flag)]))
        elif flag in _IN_TARGET or _find(_UNNEEDED, flag) or _find(_INEXPRESSIBLE, flag) or [detail for detail in _DETAILS if flag.startswith(detail)]:
            pass
        else:
            unknown.append(flag)
    if unknown:
        fail("{}: its C++ is compiled with {}, and the table for Rust does not have {}. Add {} to kmod_rules/private/rust/rust_flags.bzl.".format(
            where,
            ", ".join(unknown),
            "it" if len(unknown) == 1 else "them",
            "it" if len(unknown) == 1 else "each",
        ))
        return None
    if [flag for flag in cxx_flags if flag.startswith("-mstack-protector-guard-symbol=")]:
        flags = [flag for flag in flags if not flag.startswith("-Zstack-protector=")]
    return struct(features = features, flags = flags, unprotected = unprotected)

def target_description(features):
    """Describes the code of a kernel to rustc.

    Args:
      features: (list[string]) features of LLVM, such as `["-mmx", "+soft-float"]`.

    Returns:
      (string) the JSON of a file for `--target`.
    """
    return json.encode({
        "arch": "x86_64",
        "code-model": "kernel",
        "cpu": "x86-64",
        # LLVM's own for this triple: rustc refuses any other.
        "data-layout": "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128",
        "disable-redzone": True,
        "emit-debug-gdb-scripts": False,
        "features": ",".join(features),
        "frame-pointer": "may-omit",
        "linker-flavor": "gnu-lld",
        # With the name of an operating system, LLVM takes the guard of the stack from %gs:40, as the kernel does.
        "llvm-target": "x86_64-linux-gnu",
        "max-atomic-width": 64,
        "os": "none",
        "panic-strategy": "abort",
        "relocation-model": "static",
        "stack-probes": {"kind": "none"},
        "target-c-int-width": "32",
        "target-endian": "little",
        "target-pointer-width": "64",
    }) + "\n"
