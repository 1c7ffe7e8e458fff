# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Reads the package lock: the distribution packages and the sets that they form.

The lock is JSON text with two keys. `packages` has one entry per package (name, version,
architecture, pool path below a mirror, size in bytes, sha256). `sets` names lists of packages that
are unpacked together into one tree.
"""

_STRING_FIELDS = ["name", "version", "architecture", "path", "sha256"]
_HEX = "0123456789abcdef"

# The characters that Debian's policy allows. Names become directories and words of scripts.
_LOWER = "abcdefghijklmnopqrstuvwxyz0123456789"
_ALLOWED = {
    "architecture": _LOWER + "-",
    "name": _LOWER + "+-.",
    "path": _LOWER + _LOWER.upper() + "+-.~_:/%",
    "version": _LOWER + _LOWER.upper() + "+-.~:",
}

def _check_entry(entry, where, fail):
    if type(entry) != "dict" or type(entry.get("name")) != "string":
        fail("{}: a package entry is {}. It must be an object with a \"name\".".format(where, repr(entry)))
        return False
    who = "{}: package {}".format(where, entry["name"])
    for field in _STRING_FIELDS:
        if type(entry.get(field)) != "string" or not entry[field]:
            fail("{}: field \"{}\" is {}. It must be a non-empty string.".format(who, field, repr(entry.get(field))))
            return False
    if type(entry.get("size")) != "int" or entry["size"] <= 0:
        fail("{}: field \"size\" is {}. It must be the file's size in bytes.".format(who, repr(entry.get("size"))))
        return False
    digest = entry["sha256"]
    if len(digest) != 64 or [c for c in digest.elems() if c not in _HEX]:
        fail("{}: sha256 \"{}\" is not 64 lower-case hexadecimal digits.".format(who, digest))
        return False
    for field, allowed in _ALLOWED.items():
        odd = [c for c in entry[field].elems() if c not in allowed]
        if odd:
            fail("{}: {} \"{}\" has the character {}, which cannot be in it.".format(who, field, entry[field], repr(odd[0])))
            return False
    if entry["name"][0] in "+-.":
        fail("{}: the name must begin with a letter or a digit.".format(who))
        return False
    path = entry["path"]
    if path.startswith("/") or ".." in path.split("/") or "://" in path:
        fail("{}: path \"{}\" must be relative to a mirror, such as pool/main/d/dash/dash_1_amd64.deb.".format(who, path))
        return False
    return True

def parse_lock(text, where, fail = fail):
    """Parses and checks the text of a lock file.

    Args:
      text: (string) the content of the lock file.
      where: (string) the name of the file in error messages, usually its label.
      fail: the function to call on an error; a test passes its own.

    Returns:
      (struct) `packages`, a dict from name to entry, and `sets`, a dict from name to a list of
      package names; None if an error was reported and `fail` returned.
    """
    lock = json.decode(text)
    if type(lock) != "dict" or type(lock.get("packages")) != "list" or type(lock.get("sets")) != "dict":
        fail("{}: a package lock must be a JSON object with a list \"packages\" and an object \"sets\".".format(where))
        return None
    packages = {}
    for entry in lock["packages"]:
        if not _check_entry(entry, where, fail):
            return None
        if entry["name"] in packages:
            fail("{}: package {} has two entries. Keep one of them.".format(where, entry["name"]))
            return None
        packages[entry["name"]] = entry
    for name, members in lock["sets"].items():
        for member in members:
            if member not in packages:
                fail("{}: set {} names package {}, which has no entry in \"packages\".".format(where, name, member))
                return None
    return struct(packages = packages, sets = lock["sets"])

def packages_of_set(lock, set_name, where, fail = fail):
    """Looks up the packages of one set.

    Args:
      lock: (struct) what `parse_lock` returned.
      set_name: (string) the name of the set.
      where: (string) what error messages call the lock file.
      fail: the function to call on an error; a test passes its own.

    Returns:
      (list[dict]) the entries of the set's packages, in the lock's order.
    """
    if set_name not in lock.sets:
        fail("{}: there is no package set \"{}\". It has: {}.".format(where, set_name, ", ".join(sorted(lock.sets))))
        return []
    return [lock.packages[name] for name in lock.sets[set_name]]
