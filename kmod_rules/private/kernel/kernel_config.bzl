# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Refuses kernels with a configuration that C++ modules cannot follow."""

_KCFI = "the kernel stops at an indirect call of a function without a hash of its type (kCFI), and C++ functions have none"

# Options of a kernel's configuration, each with the reason why modules for it cannot be built here. kbuild handles
# all others, such as CONFIG_EXTENDED_MODVERSIONS, or shows them in the flags with which it compiles.
_REFUSED = {
    "CONFIG_CFI": _KCFI,
    # The older name of the same option.
    "CONFIG_CFI_CLANG": _KCFI,
    "CONFIG_FINEIBT": "functions start with a check of the caller's hash, which C++ functions would not have",
    "CONFIG_GENDWARFKSYMS": "symbol versions come from debug information, which was never tried with C++ in the module",
}

def check_config(text, where, fail = fail):
    """Refuses a kernel whose configuration sets an option that C++ modules cannot follow.

    Args:
      text: (string) the content of the kernel's `.config`.
      where: (string) the kernel, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    enabled = {line[:-len("=y")]: None for line in text.split("\n") if line.endswith("=y")}
    refused = ["{} ({})".format(option, why) for option, why in _REFUSED.items() if option in enabled]
    if refused:
        fail("{}: the kernel's configuration has {}. Modules for such a kernel cannot be built. Choose a kernel that is configured without {}.".format(
            where,
            ", ".join(refused),
            "it" if len(refused) == 1 else "them",
        ))
