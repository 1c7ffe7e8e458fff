# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The files that kbuild needs in a kernel's build directory."""

_PREPARE = "run `make modules_prepare` in it"

# Each with the consequence if it is missing, and how a person who has the kernel's source gets it. An entry
# with `options` is needed if the kernel's configuration sets one of them. The packages of some distributions
# lack objtool or the module linker script, and the errors of kbuild do not say so.
_REQUIRED = [
    struct(
        paths = ["Makefile"],
        why = "this is not a kernel build directory",
        how = "copy that of the kernel's source, or name another build_directory",
    ),
    struct(
        paths = ["include/config/auto.conf"],
        why = "without it, kbuild does not know how the kernel is configured",
        how = _PREPARE,
    ),
    struct(
        paths = ["include/generated/autoconf.h"],
        why = "without it, C code does not know how the kernel is configured",
        how = _PREPARE,
    ),
    struct(
        paths = ["include/generated/utsrelease.h"],
        why = "without it, a module cannot name the kernel that it is for",
        how = _PREPARE,
    ),
    struct(
        paths = ["Module.symvers"],
        why = "without it, the kernel's symbols are unknown and their versions cannot be checked",
        how = "copy it from the build of that kernel; `make modules_prepare` does not write it, `make` does",
    ),
    struct(
        paths = ["arch/x86/module.lds", "scripts/module.lds"],
        why = "without it, kbuild cannot link a module",
        how = _PREPARE,
    ),
    struct(
        paths = ["scripts/basic/fixdep"],
        why = "without it, kbuild cannot record what it compiles",
        how = _PREPARE,
    ),
    struct(
        paths = ["scripts/mod/modpost"],
        why = "without it, kbuild cannot finish a module",
        how = _PREPARE,
    ),
    struct(
        options = ["CONFIG_MODVERSIONS"],
        paths = ["scripts/genksyms/genksyms"],
        why = "without it, the symbols that a module exports have no versions",
        how = _PREPARE,
    ),
    struct(
        # The older name of the option is from before Linux 5.19.
        options = ["CONFIG_OBJTOOL", "CONFIG_STACK_VALIDATION"],
        paths = ["tools/objtool/objtool"],
        why = "without it, a module has neither unwind data nor return sites",
        how = _PREPARE,
    ),
]

REQUIRED_PATHS = [path for entry in _REQUIRED for path in entry.paths]

# The files with the configuration, the one that kbuild reads first.
CONFIG_PATHS = ["include/config/auto.conf", ".config"]

def missing_files(existing, options):
    """Finds the required files that a build directory lacks.

    Args:
      existing: those of REQUIRED_PATHS that exist.
      options: (dict[string, string]) the kernel's configuration, of read_config().

    Returns:
      (list[struct]) for each missing file `path`, `why` it is needed, and `how` to get it.
    """
    missing = []
    for entry in _REQUIRED:
        needed_for = getattr(entry, "options", [])
        if needed_for and not [option for option in needed_for if options.get(option) == "y"]:
            continue
        if not [path for path in entry.paths if path in existing]:
            missing.append(struct(path = " or ".join(entry.paths), why = entry.why, how = entry.how))
    return missing
