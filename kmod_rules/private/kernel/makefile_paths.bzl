# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds what the Makefile of a kernel's build directory takes from other directories."""

_INCLUDES = ["include", "-include", "sinclude"]

# Variables that lead to the kernel's source or to its build directory.
_DIRECTORIES = ["KBUILD_OUTPUT", "KBUILD_SRC"]

def _resolve(path, directory):
    """Returns a path below the tree, or None if it leads out of the tree; an absolute path is below the tree."""
    parts = []
    for part in ([] if path.startswith("/") else directory.split("/")) + path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ["", "."]:
            parts.append(part)
    return "/".join(parts)

def _words(text):
    return [word for word in text.replace("\t", " ").split(" ") if word]

def _value(words):
    """Returns the words of the value that a line assigns to one of _DIRECTORIES."""
    if words and words[0] in ["export", "override"]:
        words = words[1:]
    name, equals, value = " ".join(words).partition("=")
    name = name.rstrip(" :?+")
    return _words(value) if equals and name in _DIRECTORIES else []

def _lead_elsewhere(words):
    """Selects the paths that lead out of their directory; those with a variable are kbuild's own."""
    return [word for word in words if "$" not in word and (word.startswith("/") or ".." in word.split("/"))]

def makefile_paths(text, build_directory):
    """Finds what a Makefile takes from other directories, by paths without a variable.

    Args:
      text: (string) the Makefile.
      build_directory: (string) its directory below the tree.

    Returns:
      (list[struct]) `line`, the line of the Makefile, and `path`, the path below the tree; None if it leads out of
      the tree. Only paths of `include` lines may be absolute, because only these are relocated.
    """
    paths = []
    for line in text.split("\n"):
        words = _words(line)
        if words and words[0] in _INCLUDES:
            for path in _lead_elsewhere(words[1:]):
                paths.append(struct(line = line.strip(), path = _resolve(path, build_directory)))
            continue
        for path in _lead_elsewhere(_value(words)):
            below = None if path.startswith("/") else _resolve(path, build_directory)
            paths.append(struct(line = line.strip(), path = below))
    return paths

def check_makefile(paths, existing, where, fail = fail):
    """Refuses a Makefile that takes files from outside the tree.

    Args:
      paths: (list[struct]) of makefile_paths().
      existing: those of the paths below the tree that exist.
      where: (string) the Makefile, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    outside = [p.line for p in paths if p.path == None or p.path not in existing]
    if outside:
        fail("{} takes files from outside the tree: `{}`. Add these files to the tree, or build the kernel in its source directory, without `O=`.".format(
            where,
            "`, `".join(outside),
        ))
