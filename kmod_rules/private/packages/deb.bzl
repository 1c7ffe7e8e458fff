# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Unpacks a .deb with only Bazel.

The static busybox unpacks all other packages, so it must be unpacked before any program is
available. A .deb is an `ar` archive, whose headers are plain text, and Bazel itself can unpack the
tar file inside.
"""

_MAGIC = "!<arch>\n"
_HEADER_SIZE = 60

def ar_members(content, where, fail = fail):
    """Lists the members of an ar archive.

    Args:
      content: (string) the archive, one character per byte.
      where: (string) the name of the archive in error messages.
      fail: the function to call on an error; a test passes its own.

    Returns:
      (dict[string, string]) from a member's name to its bytes, one character per byte.
    """
    if not content.startswith(_MAGIC):
        fail("{}: this is not a Debian package: it does not begin with \"!<arch>\".".format(where))
        return {}
    members = {}
    position = len(_MAGIC)
    for _ in range(16):
        if position >= len(content):
            return members
        header = content[position:position + _HEADER_SIZE]
        size = header[48:58].strip()
        if len(header) != _HEADER_SIZE or not size.isdigit():
            fail("{}: the ar header at byte {} is damaged.".format(where, position))
            return {}
        start = position + _HEADER_SIZE
        end = start + int(size)
        if end > len(content):
            fail("{}: the archive ends inside member {}.".format(where, header[:16].strip()))
            return {}
        members[header[:16].strip().rstrip("/")] = content[start:end]
        position = end + end % 2
    fail("{}: this is not a Debian package: it has more than 16 members.".format(where))
    return {}

def extract_deb(rctx, deb, output):
    """Unpacks the files of a .deb into a directory of the repository.

    Args:
      rctx: (repository_ctx) of the calling rule.
      deb: (string) the package, a path below the repository.
      output: (string) the directory to unpack into, below the repository.
    """
    members = ar_members(rctx.read(deb), deb)
    data = [name for name in members if name.startswith("data.tar")]
    if not data:
        fail("{}: this is not a Debian package: it has no data.tar. It has: {}.".format(deb, ", ".join(sorted(members))))

    # read() returns one character per byte, and file() must write it in the same way.
    rctx.file(data[0], members[data[0]], executable = False, legacy_utf8 = False)
    rctx.extract(data[0], output)
    rctx.delete(data[0])
