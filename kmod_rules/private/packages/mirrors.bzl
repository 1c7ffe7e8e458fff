# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds the mirrors from which packages are downloaded.

This project names no host: mirrors come from the environment variable KMOD_MIRROR (one or more base
addresses, separated by white space), else from the attribute `mirrors` of the repository and the apt
configuration of the host. Downloads are checked by sha256, so mirrors need not be trusted.
"""

MIRROR_VARIABLE = "KMOD_MIRROR"

# A list of mirrors in a file, as in cloud images.
_LIST_SCHEME = "mirror+file:"

_SCHEMES = ["http://", "https://", "file:/", _LIST_SCHEME]

def _usable(uri):
    return len([s for s in _SCHEMES if uri.startswith(s)]) > 0

def _is_main_archive(suite, components):
    # Updates and security are separate archives, whose pool paths differ from those of the main archive.
    return "main" in components and not suite.endswith("/") and "security" not in suite

def mirrors_of_list(text):
    """Reads apt's one-line format (`deb [options] uri suite component...`).

    Args:
      text: (string) the content of a `.list` file.

    Returns:
      (list[string]) the addresses of the main archives that it names, in order, without a trailing slash.
    """
    mirrors = []
    for line in text.split("\n"):
        line = line.split("#")[0].strip()
        if not line.startswith("deb ") and not line.startswith("deb\t"):
            continue
        rest = line[3:].strip()
        if rest.startswith("["):
            if "]" not in rest:
                continue
            rest = rest[rest.index("]") + 1:].strip()
        words = [w for w in rest.replace("\t", " ").split(" ") if w]
        if len(words) >= 3 and _usable(words[0]) and _is_main_archive(words[1], words[2:]):
            mirrors.append(words[0].rstrip("/"))
    return mirrors

def _stanza_fields(stanza):
    fields = {}
    key = None
    for line in stanza:
        if line[:1] in [" ", "\t"]:
            if key:
                fields[key] += " " + line.strip()
        elif ":" in line:
            key = line[:line.index(":")].lower()
            fields[key] = line[line.index(":") + 1:].strip()
    return fields

def mirrors_of_sources(text):
    """Reads apt's deb822 format (stanzas with Types, URIs, Suites, Components).

    Args:
      text: (string) the content of a `.sources` file.

    Returns:
      (list[string]) the addresses of the main archives that it names, in order, without a trailing slash.
    """
    stanzas = [[]]
    for line in text.split("\n"):
        if line.startswith("#"):
            continue
        if line.strip():
            stanzas[-1].append(line)
        else:
            stanzas.append([])
    mirrors = []
    for stanza in stanzas:
        fields = _stanza_fields(stanza)
        if fields.get("enabled", "yes").lower() in ["no", "false", "0"]:
            continue
        if "deb" not in fields.get("types", "").split(" "):
            continue
        components = fields.get("components", "").split(" ")
        suites = [s for s in fields.get("suites", "").split(" ") if s]
        if not [s for s in suites if _is_main_archive(s, components)]:
            continue
        mirrors += [u.rstrip("/") for u in fields.get("uris", "").split(" ") if _usable(u)]
    return mirrors

def mirrors_of_mirror_list(text):
    """Reads the file that an address beginning with `mirror+file:` names.

    Args:
      text: (string) its content: one address per line, followed by attributes.

    Returns:
      (list[string]) the addresses, in order, without a trailing slash.
    """
    words = [line.split("#")[0].replace("\t", " ").strip().split(" ")[0] for line in text.split("\n")]
    return [word.rstrip("/") for word in words if _usable(word) and not word.startswith(_LIST_SCHEME)]

def _expand(rctx, mirrors):
    expanded = []
    for mirror in mirrors:
        if not mirror.startswith(_LIST_SCHEME):
            expanded.append(mirror)
            continue
        path = rctx.path("/" + mirror[len(_LIST_SCHEME):].lstrip("/"))
        if path.exists:
            expanded += mirrors_of_mirror_list(rctx.read(path))
    return expanded

def _apt_mirrors(rctx):
    mirrors = []
    main = rctx.path("/etc/apt/sources.list")
    if main.exists:
        mirrors += mirrors_of_list(rctx.read(main))
    folder = rctx.path("/etc/apt/sources.list.d")
    if folder.exists:
        for path in sorted(folder.readdir(), key = str):
            if path.basename.endswith(".list"):
                mirrors += mirrors_of_list(rctx.read(path))
            elif path.basename.endswith(".sources"):
                mirrors += mirrors_of_sources(rctx.read(path))
    return _expand(rctx, mirrors)

def find_mirrors(rctx):
    """Finds the mirrors to try, in order.

    Args:
      rctx: (repository_ctx) of the calling rule, which has the attribute `mirrors`.

    Returns:
      (list[string]) addresses without a trailing slash, no two the same; empty if none is known.
    """
    named = rctx.os.environ.get(MIRROR_VARIABLE, "").replace("\n", " ").replace("\t", " ")
    mirrors = [m.rstrip("/") for m in named.split(" ") if m]
    if not mirrors:
        mirrors = [m.rstrip("/") for m in rctx.attr.mirrors] + _apt_mirrors(rctx)
    return {m: None for m in mirrors}.keys()
