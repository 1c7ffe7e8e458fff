# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Checks that a package is the one that the lock names.

The lock's sha256 identifies the bytes of a package but not the package: without this check, an entry
with the path and hash of another package would be unpacked without an error.
"""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")

_FIELDS = {"Architecture": "architecture", "Package": "name", "Version": "version"}

# The script prints this line after each control file. No line of a control file begins like it.
_END = "-- end of control"

# Prints the control files of the packages that are its arguments.
_SCRIPT = "for deb; do dpkg-deb -f \"$deb\" 2>/dev/null; echo; echo '{}'; done".format(_END)

def split_controls(text):
    """Splits what the script of `read_controls` printed.

    Args:
      text: (string) its standard output.

    Returns:
      (list[string]) the control files, in the order of the packages; an empty one for a file that is
      not a package.
    """
    return [control.strip() for control in text.split(_END + "\n")[:-1]]

def read_controls(rctx, busybox, debs):
    """Reads the control files of packages.

    Args:
      rctx: (repository_ctx) of the calling rule.
      busybox: (path) the pinned busybox, with its applets beside it.
      debs: (list) the packages, strings or paths.

    Returns:
      (list[string]) their control files, in the same order; an empty one for a file that is not a package.
    """
    printed = rctx.execute(
        [busybox, "sh", "-c", _SCRIPT, "sh"] + debs,
        environment = {"LC_ALL": "C", "PATH": str(busybox.dirname.get_child("applets"))},
    )
    controls = split_controls(printed.stdout)
    if len(controls) != len(debs):
        fail("{}: cannot read the packages: busybox exited with {}: {}".format(repository_text(rctx.name), printed.return_code, printed.stderr))
    return controls

def control_fields(text):
    """Reads a package's control file.

    Args:
      text: (string) its content.

    Returns:
      (dict[string, string]) fields to the first lines of their values.
    """
    fields = {}
    for line in text.split("\n"):
        if ":" in line and line[:1] not in [" ", "\t"]:
            name, _, value = line.partition(":")
            fields[name] = value.strip()
    return fields

def check_control(text, package, where, fail = fail):
    """Compares a package's control file with the lock.

    Args:
      text: (string) the control file of the package that was downloaded.
      package: (dict) the lock's entry.
      where: (string) the beginning of error messages, usually the repository's name.
      fail: the function to call on an error; a test passes its own.
    """
    who = "{}: package {} {}".format(where, package["name"], package["version"])
    fields = control_fields(text)
    if "Package" not in fields:
        fail("{}: the file with the locked sha256 is not a Debian package. {}".format(who, _ADVICE))
        return
    for field, key in _FIELDS.items():
        if fields.get(field) != package[key]:
            fail("{}: the file with the locked sha256 is package {} {} for {}, so the lock's entry was swapped. {}".format(
                who,
                fields["Package"],
                fields.get("Version", "without a version"),
                fields.get("Architecture", "no architecture"),
                _ADVICE,
            ))
            return

_ADVICE = "Do not use this lock: check it with `bazel run @rules_kmod//kmod_rules:update_lock -- --check`, or update it without `--check`."
