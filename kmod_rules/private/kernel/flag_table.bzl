# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The table that translates the flags with which kbuild compiles C into Clang's flags for C++.

The flags come from kbuild and differ between kernels. An unknown flag is an error that names the flag,
because guessing its meaning could lose a mitigation. docs/architecture.md ("Flags") describes how to
add one.
"""

# Flags that have the same meaning in Clang 19, for C++ too. An entry that ends in "=" covers any value.
SAME = [
    "-O2",
    "-Os",
    "-O3",
    "-g",
    "-gdwarf-4",
    "-gdwarf-5",
    "-falign-functions=",
    "-falign-loops=",
    "-fcf-protection=",
    "-fno-PIE",
    "-fno-asynchronous-unwind-tables",
    "-fno-builtin-wcslen",
    "-fno-common",
    "-fno-delete-null-pointer-checks",
    "-fno-jump-tables",
    "-fno-omit-frame-pointer",
    "-fno-optimize-sibling-calls",
    "-fno-stack-check",
    "-fno-stack-clash-protection",
    "-fno-stack-protector",
    "-fno-strict-aliasing",
    "-fno-strict-overflow",
    "-fomit-frame-pointer",
    "-fpatchable-function-entry=",
    "-fshort-wchar",
    "-fstack-protector",
    "-fstack-protector-strong",
    "-fstrict-flex-arrays=",
    "-fsanitize=bool",
    "-fsanitize=enum",
    "-fsanitize=shift",
    "-ftrivial-auto-var-init=",
    "-funsigned-char",
    "-fzero-call-used-regs=",
    "-m64",
    "-march=",
    "-mcmodel=kernel",
    "-mfunction-return=thunk-extern",
    "-mharden-sls=all",
    "-mindirect-branch-cs-prefix",
    "-mno-3dnow",
    "-mno-avx",
    "-mno-mmx",
    "-mno-red-zone",
    "-mno-sse",
    "-mno-sse2",
    "-mno-sse4a",
    "-mskip-rax-setup",
    "-mstack-protector-guard-reg=",
    "-mstack-protector-guard-symbol=",
    "-mtune=",
    "-pipe",
]

# Flags that Clang spells differently.
TRANSLATED = {
    # KASAN. The offset is that of x86-64 in every kernel. A destructor of a module would unregister its global
    # variables, which does nothing in a kernel; and kbuild has no table of destructors. Clang's driver ignores the
    # option for a kernel.
    "-fsanitize=kernel-address": ["-fsanitize=kernel-address", "-Xclang", "-fsanitize-address-destructor=none"],
    "-fasan-shadow-offset=0xdffffc0000000000": ["-mllvm", "-asan-mapping-offset=0xdffffc0000000000"],
    "--param=asan-globals=1": ["-mllvm", "-asan-globals=1"],
    # Clang does so by default.
    "--param=asan-instrument-allocas=1": [],
    # Each access is a call (CONFIG_KASAN_OUTLINE), or only those of large functions.
    "--param=asan-instrumentation-with-call-threshold=0": ["-mllvm", "-asan-instrumentation-with-call-threshold=0"],
    "--param=asan-instrumentation-with-call-threshold=10000": ["-mllvm", "-asan-instrumentation-with-call-threshold=10000"],
    "--param=asan-stack=0": ["-mllvm", "-asan-stack=0"],
    "--param=asan-stack=1": ["-mllvm", "-asan-stack=1"],
    # KCSAN. For x += 1, Clang calls one function that reads and writes; by default it would leave out the read. Clang
    # also calls __tsan_memcpy() and its like, which the kernel has.
    "-fsanitize=thread": ["-fsanitize=thread", "-mllvm", "-tsan-compound-read-before-write=1"],
    "--param=tsan-compound-read-before-write=1": [],
    "--param=tsan-distinguish-volatile=1": ["-mllvm", "-tsan-distinguish-volatile=1"],
    # Without CONFIG_KCSAN_WEAK_MEMORY.
    "--param=tsan-instrument-func-entry-exit=0": ["-mllvm", "-tsan-instrument-func-entry-exit=0"],
    # The kernel exports what reports an index; Clang's other check of bounds would stop it.
    "-fsanitize=bounds": ["-fsanitize=array-bounds"],
    # GCC's strict variant checks the last array of a structure as well, which Clang always does unless the
    # array is a flexible one. The kernel exports the function that reports.
    "-fsanitize=bounds-strict": ["-fsanitize=array-bounds"],
    # Retpolines: Clang has one flag for what GCC needs two for.
    "-mindirect-branch=thunk-extern": ["-mretpoline-external-thunk"],
    "-mindirect-branch-register": [],
    # GCC gives the boundary as a power of two, Clang in bytes.
    "-mpreferred-stack-boundary=3": ["-mstack-alignment=8"],
    "-mpreferred-stack-boundary=4": ["-mstack-alignment=16"],
    # With -mno-80387, Clang rejects every mention of long double, and the standard library's headers
    # mention it. Clang's driver silently drops -msoft-float on x86-64, and code then uses the x87
    # registers. Passed to the compiler proper, the flag works: headers compile, and a use of floating
    # point becomes a call of an undefined function, which KmodLink reports.
    "-mno-80387": ["-Xclang", "-msoft-float"],
}

# Flags without a meaning for C++ or for Clang, each with the reason why nothing is lost without it.
DROPPED = {
    "-Werror=": "a warning",
    "-Wa,": "for the assembler of C inline assembly",
    "-Wframe-larger-than=": "a warning",
    "-Wp,-MMD,": "a dependency file, which the toolchain writes itself",
    "-falign-jumps=": "GCC only: padding before jump targets",
    "-fconserve-stack": "GCC only: a heuristic of its inliner; -Wframe-larger-than of the toolchain keeps frames small",
    "-femit-struct-debug-": "GCC only: smaller debug information",
    "-fmacro-prefix-map=": "a path; the toolchain maps its own",
    "-ffile-prefix-map=": "a path; the toolchain maps its own",
    "-fmax-errors=": "GCC only: output",
    "-fmin-function-alignment=": "GCC only: padding",
    "-fno-allow-store-data-races": "GCC only: Clang never introduces them",
    "--param=allow-store-data-races=0": "GCC only: Clang never introduces them",
    "-fno-code-hoisting": "GCC only: an optimization",
    "-fno-inline-functions-called-once": "GCC only: a heuristic of its inliner",
    "-fno-ipa-cp-clone": "GCC only: an optimization",
    "-fno-partial-inlining": "GCC only: an optimization",
    "-fms-extensions": "C only: structures with anonymous members of a named type, which the kernel's headers use",
    "-fno-var-tracking-assignments": "GCC only: debug information",
    "-fplugin=": "a plugin of GCC",
    "-fplugin-arg-": "a plugin of GCC",
    "-fdiagnostics-": "output",
    "-fzero-init-padding-bits=": "GCC only: since GCC 15, an initializer zeroes less of a union or of padding; Clang zeroes all of it as before",
    "-mfentry": "function tracing, see -mrecord-mcount",
    "-mno-fp-ret-in-387": "implied by soft float",
    "-mrecord-mcount": "Clang cannot record tracing sites for x86; C++ functions are without them, and the loader needs none",
    "-nostdinc": "C++ gets the freestanding library's headers instead of the kernel's",
    "-pg": "function tracing, see -mrecord-mcount",
    "-std=": "the C standard; the toolchain sets the C++ standard",
    "-c": "what to do",
}

# Flags whose value is the next word.
_WITH_VALUE = ["-include", "-o", "-isystem", "-idirafter", "-iquote"]

def _covers(entry, flag):
    # An entry that ends in punctuation covers what follows it; any other is the whole flag.
    return flag == entry or (entry[-1] in "=,-" and flag.startswith(entry))

def _find(entries, flag):
    for entry in entries:
        if _covers(entry, flag):
            return entry
    return None

def _join_parameters(words):
    """Writes `--param A=1` as `--param=A=1`, which means the same."""
    joined = []
    for word in words:
        if joined and joined[-1] == "--param":
            joined[-1] = "--param=" + word
        else:
            joined.append(word)
    return joined

def translate_flags(words, where, fail = fail):
    """Translates the words of a C compile command into Clang's flags for C++.

    Args:
      words: (list[string]) the command after the compiler's name.
      where: (string) the kernel whose command it is, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (list[string]) flags for Clang, in the command's order.
    """
    flags = []
    unknown = []
    skip = False
    for word in _join_parameters(words):
        if skip:
            skip = False
        elif word in _WITH_VALUE:
            skip = True
        elif word in TRANSLATED:
            flags += TRANSLATED[word]
        elif _find(SAME, word):
            flags.append(word)
        elif word[:2] in ["-D", "-I", "-U"] or not word.startswith("-"):
            # Kernel headers, their macros, and the probe's own files, which C++ does not see.
            pass
        elif _find(DROPPED.keys(), word):
            pass
        elif word.startswith("-W"):
            # Warnings for C; the toolchain has its own for C++.
            pass
        else:
            unknown.append(word)
    if unknown:
        fail("{}: kbuild compiles with {}, and the flag table does not have {}. Add {} to SAME, TRANSLATED or DROPPED in kmod_rules/private/kernel/flag_table.bzl.".format(
            where,
            ", ".join(unknown),
            "it" if len(unknown) == 1 else "them",
            "it" if len(unknown) == 1 else "each",
        ))
        return []
    return flags
