# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds libraries that are compiled with flags that no code in a kernel can have.

The toolchain switches all of it off, so a library has it only if its `copts` or the command line switch it on again.
"""

UnwindingLibrariesInfo = provider(
    doc = "Libraries that a kernel module must not link.",
    fields = {
        "libraries": "(depset[struct(label, flag, why)]) Each such library, with the flag that it is compiled with, and what is wrong with it and to be done.",
    },
)

_UNWINDING = "the kernel can neither unwind exceptions nor look up types at run time. Remove the flag from its copts or from the command line, and report errors with kmod::Result."
_LINK_TIME = "the kernel takes machine code and not what a compiler makes of a whole program. Remove the flag from its copts."

# Flags, each with those that switch it off again, and what is wrong.
_SWITCHES = {
    "-fcxx-exceptions": (["-fno-exceptions"], _UNWINDING),
    "-fexceptions": (["-fno-exceptions"], _UNWINDING),
    "-flto": (["-fno-lto"], _LINK_TIME),
    "-flto=full": (["-fno-lto"], _LINK_TIME),
    "-flto=thin": (["-fno-lto"], _LINK_TIME),
    "-frtti": (["-fno-rtti"], _UNWINDING),
    "-march=native": ([], "then the module would run only on processors like that of the machine that builds it, and its bytes depend on that machine. Remove the flag from its copts, or name a processor."),
    "-mred-zone": (["-mno-red-zone"], "in a kernel, interrupts overwrite what is below the stack pointer. Remove the flag from its copts."),
}

def forbidden_switch(words):
    """Finds a flag of a compile command that switches on what a kernel cannot have.

    Args:
      words: (list[string]) the command's words, or those of them that a user may set.

    Returns:
      (string) the flag, or None. If the words hold a flag and its opposite, the last one counts.
    """
    for flag, (opposites, _) in _SWITCHES.items():
        last = [word for word in words if word == flag or word in opposites][-1:]
        if last == [flag]:
            return flag
    return None

def _user_flags(ctx):
    # Bazel 4 does not show an aspect the command of a C++ compilation. These are the parts of it that
    # users can set: the command line, then the library's own attribute, split as Bazel splits it.
    flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts
    for option in getattr(ctx.rule.attr, "copts", []):
        flags = flags + [word for word in option.split(" ") if word]
    return flags

def _check_exceptions_impl(target, ctx):
    own = []
    if getattr(ctx.rule.attr, "srcs", []):
        flag = forbidden_switch(_user_flags(ctx))
        if flag:
            own = [struct(label = target.label, flag = flag, why = _SWITCHES[flag][1])]
    return [UnwindingLibrariesInfo(libraries = depset(own, transitive = [
        dep[UnwindingLibrariesInfo].libraries
        for dep in getattr(ctx.rule.attr, "deps", [])
        if UnwindingLibrariesInfo in dep
    ]))]

check_exceptions = aspect(
    implementation = _check_exceptions_impl,
    attr_aspects = ["deps"],
    fragments = ["cpp"],
    doc = "Collects the libraries below a target that are compiled with flags that a kernel cannot have.",
)
