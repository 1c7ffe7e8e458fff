# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""How the kernel's top Makefile builds an external module: the calls of make, and what it exports to them.

The top Makefile finds out the same for every module: 28 times whether the compiler has an option, for example.
The action of a module repeats the calls with the environment that the top Makefile had exported.
"""

# Below the kernel's tree. The program of the action reads it.
STEPS_FILE = "kbuild_steps"

# What differs from action to action, is for one call only, or concerns the recording.
_OWN_VARIABLES = [
    "CC",
    "CONFIG_SHELL",
    "HOME",
    "KCPPFLAGS",
    "KMOD_BUSYBOX",
    "KMOD_MAKE",
    "KMOD_RECORD",
    "LC_ALL",
    "M",
    "MAKE",
    "MAKELEVEL",
    "MAKEOVERRIDES",
    "MAKE_TERMERR",
    "MAKE_TERMOUT",
    "MFLAGS",
    "OLDPWD",
    "PAHOLE",
    "PATH",
    "PWD",
    "SHELL",
    "SHLVL",
    "_",
]

def _flags_of_make(value):
    """Returns MAKEFLAGS without the variables of the command line."""
    return (" " + value).partition(" -- ")[0][1:]

def _variables(environment):
    lines = []
    for line in environment.split("\n"):
        name, equals, value = line.partition("=")
        if not equals or name in _OWN_VARIABLES:
            continue
        if name == "MAKEFLAGS":
            value = _flags_of_make(value)
        lines.append("variable {}={}".format(name, value))
    return sorted(lines)

def kbuild_steps(calls, environment, places):
    """Makes the text of STEPS_FILE.

    Args:
      calls: (string) what record_make.sh wrote for the calls.
      environment: (string) what it wrote for their environment.
      places: (dict[string, string]) from paths to the names that stand for them, such as `@MODULE@`.

    Returns:
      (string) lines `variable NAME=VALUE`, then for each call `step DIRECTORY` and lines `argument TEXT`; empty if
      no call builds a directory.
    """
    if "/Makefile.build\n" not in calls:
        return ""
    lines = _variables(environment)
    for call in calls.split("\n\n"):
        words = call.split("\n")
        if len(words) > 1:
            lines.append("step " + words[0])
            lines += ["argument " + word for word in words[1:] if word]
    text = "\n".join(lines) + "\n"
    for path in sorted(places, key = len, reverse = True):
        text = text.replace(path, places[path])
    return text
