# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Decides where the kernel of a `kernel_tree` comes from, and which directory it was built in."""

# The attributes that name a kernel.
SOURCES = ["path", "directory", "archive", "url"]

def check_source(given, where, fail = fail):
    """Refuses a declaration that does not name exactly one kernel.

    Args:
      given: (dict[string, string]) those attributes among SOURCES and `sha256` that are set, and their values.
      where: (string) the repository, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    sources = [name for name in SOURCES if name in given]
    if len(sources) != 1:
        fail("{}: {}. Give exactly one of path (an absolute path), directory or archive (labels), and url.".format(
            where,
            "{} are given".format(" and ".join(sources)) if sources else "no attribute names the kernel",
        ))
    elif ("url" in given) != ("sha256" in given):
        fail("{}: {} is given without {}: a download has both, and Bazel checks the one with the other.".format(
            where,
            *(("url", "sha256") if "url" in given else ("sha256", "url"))
        ))
    elif "path" in given and not given["path"].startswith("/"):
        fail("{}: path is {}, and must be absolute. Give the label of a directory of the workspace in the attribute directory.".format(where, given["path"]))

# Each of these is in the directory in which a kernel was built, and in no other.
BUILD_FILES = ["include/config/auto.conf", "include/generated/autoconf.h"]

# In a directory that was configured, or built, and not prepared for modules.
UNPREPARED_FILES = [".config", "Module.symvers"]

def build_directories(files):
    """Finds the directories in which a kernel was built.

    Args:
      files: (list[string]) paths below the tree whose names are those of BUILD_FILES and UNPREPARED_FILES.

    Returns:
      (list[string]) the directories below the tree, sorted; `.` is the tree itself.
    """
    for names in [BUILD_FILES, UNPREPARED_FILES]:
        found = {}
        for file in files:
            for name in names:
                if ("/" + file).endswith("/" + name):
                    found[file[:-len(name)].rstrip("/") or "."] = None
        if found:
            return sorted(found)
    return []

def choose_build_directory(directories, where, fail = fail):
    """Chooses the build directory of a tree whose declaration names none.

    Args:
      directories: (list[string]) of build_directories().
      where: (string) the repository, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (string) the only one.
    """
    if not directories:
        fail("{}: no kernel was built here: no directory has {}. Run `make modules_prepare` in the kernel's directory, or name another source.".format(where, " or ".join(BUILD_FILES + UNPREPARED_FILES)))
        return None
    if len(directories) > 1:
        fail("{}: kernels were built in several directories: {}. Name one of them in the attribute build_directory.".format(where, ", ".join(directories)))
        return None
    return directories[0]

def check_release(given, found, where, fail = fail):
    """Chooses the release of the kernel.

    Args:
      given: (string) the attribute `release`; may be empty.
      found: (string) the content of include/config/kernel.release; empty if there is none.
      where: (string) the repository, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (string) the release.
    """
    found = found.strip()
    if not given and not found:
        fail("{}: include/config/kernel.release is not there or empty, so the release of the kernel is unknown. Name it in the attribute release; `uname -r` prints it.".format(where))
    elif given and found and given != found:
        fail("{}: release is {}, and include/config/kernel.release says {}. Remove the attribute, or name the tree of that kernel.".format(where, given, found))
    return given or found
