# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What the options of a whole build may change in code for a kernel."""

_COVERAGE = "//command_line_option:collect_code_coverage"
_COPT = "//command_line_option:copt"
_CONLYOPT = "//command_line_option:conlyopt"
_CXXOPT = "//command_line_option:cxxopt"
_FORCE_PIC = "//command_line_option:force_pic"

BUILD_OPTIONS = [_COVERAGE, _COPT, _CONLYOPT, _CXXOPT, _FORCE_PIC]

# Macros, warnings and diagnostics have the same meaning in a kernel.
_KEPT = ["-D", "-U", "-W", "-w", "-fdiagnostics-", "-fcolor-diagnostics", "-fno-color-diagnostics", "-ferror-limit="]

# These begin like a kept option, and pass options to the assembler, the preprocessor or the linker.
_NOT_KEPT = ["-Wa,", "-Wl,", "-Wp,"]

def _starts_with_any(text, prefixes):
    for prefix in prefixes:
        if text.startswith(prefix):
            return True
    return False

def kept_options(options):
    """Selects the compiler options of a whole build that also make sense in a kernel.

    Options such as `-fsanitize=address`, `-fPIC`, `-std=c++17` or `-march=native` are for programs: in a kernel
    they fail the build at best, and crash the machine at worst.

    Args:
      options: (list[string]) values of `--copt`, `--conlyopt` or `--cxxopt`.

    Returns:
      (list[string]) those that apply, in order.
    """
    return [
        option
        for option in options
        if _starts_with_any(option, _KEPT) and not _starts_with_any(option, _NOT_KEPT)
    ]

def kernel_build_options(settings):
    """Returns the options of the whole build for code in a kernel.

    Args:
      settings: (dict) of a transition whose inputs include BUILD_OPTIONS.

    Returns:
      (dict) the values for the same options.
    """
    return {
        _CONLYOPT: kept_options(settings[_CONLYOPT]),
        _COPT: kept_options(settings[_COPT]),
        _CXXOPT: kept_options(settings[_CXXOPT]),
        # Its counters need a static constructor and a run time library.
        _COVERAGE: False,
        # The archive of a library would be empty, because nothing is compiled for PIC.
        _FORCE_PIC: False,
    }
