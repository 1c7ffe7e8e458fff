# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Downloads locked packages, and says clearly what is wrong where that fails.

Bazel's own downloader does the work, by sha256, so the repository cache, `--distdir` and
`--experimental_downloader_config` work as they do for any other archive.
"""

load(":mirrors.bzl", "MIRROR_VARIABLE", "find_mirrors")

_PROBE = "kmod_download_probe"

def _escape(path):
    # A file name on a mirror holds characters that a URL must not hold raw.
    return path.replace("%", "%25").replace("+", "%2B").replace("~", "%7E")

def _no_mirror(repository):
    return """{repository}: no package mirror is known.
The environment variable {variable} is not set, and apt's configuration (/etc/apt/sources.list, /etc/apt/sources.list.d) names no main archive.
Name one, for example: bazel build --repo_env={variable}=http://mirror.example/debian …""".format(
        repository = repository,
        variable = MIRROR_VARIABLE,
    )

def _diagnose(rctx, package, urls, mirrors, index):
    """Finds out why no mirror gave the package; only called when the download has failed."""
    where = " or ".join(urls)
    who = "{}: package {} {}".format(rctx.name, package["name"], package["version"])
    got = rctx.download(url = urls, output = _PROBE, allow_fail = True)
    if got.success:
        size = len(rctx.read(_PROBE))
        rctx.delete(_PROBE)
        if size < package["size"]:
            return "{}: the file is truncated: {} gave {} of {} bytes. The mirror may be in the middle of an update: try again, or another mirror in {}.".format(
                who,
                where,
                size,
                package["size"],
                MIRROR_VARIABLE,
            )
        return "{}: wrong sha256: {} gave a file with {}, the lock has {}. The mirror's file is not the one that was locked. Do not use this mirror; if the package was rebuilt on purpose, update the lock.".format(
            who,
            where,
            got.sha256,
            package["sha256"],
        )

    if rctx.download(url = [m + "/" + index for m in mirrors], output = _PROBE, allow_fail = True).success:
        rctx.delete(_PROBE)
        return """{}: the package is gone from the mirror, or its transfer breaks off (Bazel's warning above says which): {}
Mirrors drop a version when a newer one replaces it. Archives of old packages keep it: put the address of one for your distribution behind your mirror, separated by a space, in {}.""".format(who, where, MIRROR_VARIABLE)
    return "{}: the mirror is unreachable: {}. Bazel's warning above has the reason. Check the network and proxy settings, or name another mirror in {}.".format(
        who,
        " or ".join(mirrors),
        MIRROR_VARIABLE,
    )

def download_packages(rctx, packages, index):
    """Downloads packages into the folder `packages` of the repository.

    Args:
      rctx: (repository_ctx) of the calling rule. Its `environ` need not list MIRROR_VARIABLE: the
        files are the same whatever mirror gives them, so a new mirror is no reason to fetch again.
      packages: (list[dict]) entries of the lock.
      index: (string) `index` of the lock.

    Returns:
      (list[string]) the paths of the downloaded files below the repository, in the order of `packages`.
    """
    mirrors = find_mirrors(rctx)
    paths = []
    for package in packages:
        urls = ["{}/{}".format(mirror, _escape(package["path"])) for mirror in mirrors]
        path = "packages/{}.deb".format(package["name"])
        if not urls:
            # Without a mirror, the repository cache or a --distdir may still have the file. Both are
            # looked up by sha256 and file name, so the address only has to be well-formed.
            urls = ["file:/no-package-mirror-is-known/" + _escape(package["path"])]
        got = rctx.download(url = urls, output = path, sha256 = package["sha256"], allow_fail = True)
        if not got.success:
            fail(_diagnose(rctx, package, urls, mirrors, index) if mirrors else _no_mirror(rctx.name))
        paths.append(path)
    return paths
