# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds libraries that are compiled with exceptions or run-time type information.

The kernel can neither unwind exceptions nor look up types at run time. The toolchain switches both off, so a
library has them only if its `copts` or the command line switch them on again.
"""

UnwindingLibrariesInfo = provider(
    doc = "Libraries that a kernel module must not link.",
    fields = {
        "libraries": "(depset[struct(label, flag)]) Each such library, with the flag that it is compiled with.",
    },
)

_SWITCHES = {
    "-fcxx-exceptions": "-fno-exceptions",
    "-fexceptions": "-fno-exceptions",
    "-frtti": "-fno-rtti",
}

def forbidden_switch(words):
    """Finds a flag of a compile command that switches on what a kernel cannot have.

    Args:
      words: (list[string]) the command's words, or those of them that a user may set.

    Returns:
      (string) the flag, or None. If the words hold a flag and its opposite, the last one counts.
    """
    for flag, opposite in _SWITCHES.items():
        last = [word for word in words if word in [flag, opposite]][-1:]
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
            own = [struct(label = target.label, flag = flag)]
    return [UnwindingLibrariesInfo(libraries = depset(own, transitive = [
        dep[UnwindingLibrariesInfo].libraries
        for dep in getattr(ctx.rule.attr, "deps", [])
        if UnwindingLibrariesInfo in dep
    ]))]

check_exceptions = aspect(
    implementation = _check_exceptions_impl,
    attr_aspects = ["deps"],
    fragments = ["cpp"],
    doc = "Collects the libraries below a target that are compiled with exceptions or RTTI.",
)
