# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Reads a kernel's configuration, and refuses one that C++ modules cannot follow."""

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

def read_config(text):
    """Reads a kernel's configuration.

    Args:
      text: (string) the content of the kernel's `include/config/auto.conf` or `.config`.

    Returns:
      (dict[string, string]) the options that are set, such as CONFIG_MODULES, to their values: `y`, `m`, a
      number, or a text without its quotes, which auto.conf has not had since Linux 5.16.
    """
    options = {}
    for line in text.split("\n"):
        name, equals, value = line.partition("=")
        if equals and name.startswith("CONFIG_"):
            options[name] = value[1:-1] if value.startswith("\"") and value.endswith("\"") else value
    return options

def check_config(options, where, fail = fail):
    """Refuses a kernel whose configuration sets an option that C++ modules cannot follow.

    Args:
      options: (dict[string, string]) the kernel's configuration, of read_config().
      where: (string) the kernel, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    refused = ["{} ({})".format(option, why) for option, why in _REFUSED.items() if options.get(option) == "y"]
    if refused:
        fail("{}: the kernel's configuration has {}. Modules for such a kernel cannot be built. Choose a kernel that is configured without {}.".format(
            where,
            ", ".join(refused),
            "it" if len(refused) == 1 else "them",
        ))
