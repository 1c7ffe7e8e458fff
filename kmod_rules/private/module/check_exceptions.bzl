# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds libraries that are compiled with exceptions or run-time type information.

The kernel can unwind neither. The toolchain switches both off, so a library only has them if its
`copts` or the command line switch them on again.
"""

UnwindingLibrariesInfo = provider(
    doc = "Libraries that code for a kernel must not have.",
    fields = {
        "libraries": "(depset[struct(label, flag)]) Which library is compiled with which flag.",
    },
)

_SWITCHES = {
    "-fcxx-exceptions": "-fno-exceptions",
    "-fexceptions": "-fno-exceptions",
    "-frtti": "-fno-rtti",
}

def forbidden_switch(words):
    """Finds what a compile command switches on that a kernel cannot have.

    Args:
      words: (list[string]) the command's words, or of them those that a user may set.

    Returns:
      (string) the flag, or None. Of a flag and its opposite, the last one counts.
    """
    for flag, opposite in _SWITCHES.items():
        last = [word for word in words if word in [flag, opposite]][-1:]
        if last == [flag]:
            return flag
    return None

def _user_flags(ctx):
    # Bazel 4 does not show an aspect the command of a C++ compilation, so it is put together of what
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
