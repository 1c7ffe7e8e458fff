# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Compares a compiler with the one that built a kernel."""

_OPTION = "CONFIG_CC_VERSION_TEXT"

def _without_parentheses(text):
    kept = ""
    depth = 0
    for c in text.elems():
        if c == "(":
            depth += 1
        if not depth:
            kept += c
        if c == ")" and depth:
            depth -= 1
    return kept

def compiler_version(text):
    """Reads the first line that a C compiler prints with `--version`.

    Args:
      text: (string) such as `gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0` or `Debian clang version 19.1.7 (3+b1)`.

    Returns:
      (struct) `family`, `gcc` or `clang`, and `major`, a string of digits; None if the line has no version.
    """
    words = [word for word in _without_parentheses(text).split(" ") if word]
    family = "clang" if "clang version" in text else "gcc"

    # The first word is the program's name, which may have a version of its own.
    for word in words[1:]:
        major = word.partition(".")[0]
        if major.isdigit():
            return struct(family = family, major = major)
    return None

def check_compiler(built_with, text, compiler, where, fail = fail):
    """Refuses a compiler of another family or major version than the one that built the kernel.

    Args:
      built_with: (string) the kernel's CONFIG_CC_VERSION_TEXT.
      text: (string) what the compiler prints with `--version`.
      compiler: (string) the compiler's name.
      where: (string) the kernel, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    wanted = compiler_version(built_with)
    found = compiler_version(text.strip().split("\n")[0])
    if not wanted:
        return
    if not found:
        fail("{}: the kernel was built with {} {} ({}), and {} --version of its tools prints no version: {}. Name a compiler of tools in the attribute compiler.".format(
            where,
            wanted.family,
            wanted.major,
            built_with,
            compiler,
            repr(text.strip()),
        ))
    elif found != wanted:
        fail("{}: the kernel was built with {} {} ({}, says its {}), and {} of its tools is {} {}: its modules could have other flags and layouts. Name a compiler of the same major version in the attributes compiler and tools.".format(
            where,
            wanted.family,
            wanted.major,
            built_with,
            _OPTION,
            compiler,
            found.family,
            found.major,
        ))

def compiler_of_kernel(options):
    """Returns the version of the compiler that built a kernel.

    Args:
      options: (dict[string, string]) the kernel's configuration, of read_config().

    Returns:
      (string) what the compiler printed; empty before Linux 4.19.
    """
    return options.get(_OPTION, "")
