# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Downloads locked packages, and explains why a download failed.

Bazel's own downloader does the work, by sha256, so the repository cache, `--distdir` and
`--experimental_downloader_config` work as they do for any other archive.
"""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")
load(":control.bzl", "control_fields", "read_controls")
load(":mirrors.bzl", "MIRROR_VARIABLE", "find_mirrors")

def _escape(path):
    # File names on a mirror contain characters that must be escaped in a URL.
    return path.replace("%", "%25").replace("+", "%2B").replace("~", "%7E")

def _no_mirror(repository):
    return """{repository}: no package mirror is known.
The environment variable {variable} is not set, and apt's configuration (/etc/apt/sources.list, /etc/apt/sources.list.d) names no main archive.
Name one, for example: bazel build --repo_env={variable}=http://mirror.example/debian …""".format(
        repository = repository,
        variable = MIRROR_VARIABLE,
    )

# apt's own downloader, which comes with apt's configuration. If it is missing, the error message
# explains Bazel's warning instead.
_APT_HELPER = "/usr/lib/apt/apt-helper"

_ADVICE = {
    "gone": "Mirrors drop a version when a newer one replaces it. Archives of old packages keep it: put the address of an archive for your distribution after your mirror, separated by a space, in {variable}.",
    "truncated": "The mirror may be in the middle of an update: try again later, or name another mirror in {variable}.",
    "unknown": """Bazel's warning above has the reason:
"GET returned 404" means that the package is gone from the mirror. Archives of old packages keep it: put the address of an archive for your distribution after your mirror, separated by a space, in {variable}.
"Checksum was …" means that the mirror's file is truncated or not the one that was locked: name another mirror in {variable}.
Anything else means that the mirror is unreachable: check the network and proxy settings, or name another mirror in {variable}.""",
    "unreachable": "Check the network and proxy settings, or name another mirror in {variable}.",
    "wrong": "The mirror's file is not the one that was locked: do not use this mirror, and name another in {variable}. If the package was rebuilt on purpose, update the lock.",
}

def _what_came(rctx, probe):
    """Returns which package a file is, if the rule has a busybox to read it."""
    if not hasattr(rctx.attr, "_busybox"):
        return ""
    fields = control_fields(read_controls(rctx, rctx.path(rctx.attr._busybox), [probe])[0])
    if "Package" not in fields:
        return ". It is not a Debian package"
    return ". It is package {} {}".format(fields["Package"], fields.get("Version", "without a version"))

def _probe(rctx, package, url):
    """Downloads once more and examines the file: Bazel does not tell a rule why a download failed.

    Returns:
      ((string, string)) a key of _ADVICE, and the reason.
    """
    helper = rctx.path(_APT_HELPER)
    if not helper.exists:
        return "unknown", "the download failed"
    probe = rctx.path("download_probe")
    got = rctx.execute(
        [helper, "-o", "Acquire::Retries=0", "download-file", url, probe],
        environment = {"LC_ALL": "C"},
        timeout = 600,
    )
    if got.return_code:
        said = [line for line in got.stderr.split("\n") if line.startswith("E: ")]
        reason = said[0][3:].replace("Failed to fetch", "").replace(url, "").strip() if said else "no reason given"
        if reason[:3] in ["404", "410"] or reason.startswith("File not found"):
            return "gone", "the package is gone from the mirror: " + reason
        return "unreachable", "the mirror is unreachable: " + reason
    size = len(rctx.read(probe))
    came = _what_came(rctx, probe)
    digest = rctx.download(url = "file:{}".format(probe), output = "download_probe.copy").sha256
    rctx.delete(probe)
    rctx.delete("download_probe.copy")
    if size < package["size"]:
        return "truncated", "the file is truncated: it has {} of {} bytes".format(size, package["size"])
    return "wrong", "the file has the wrong sha256: it is {}, and the lock has {}{}".format(digest, package["sha256"], came)

def _diagnose(rctx, package, urls):
    """Explains why no mirror served a package.

    Returns:
      (struct) `gone`, whether every mirror has dropped it, and `message`.
    """
    lines = ["{}: package {} {} cannot be downloaded:".format(repository_text(rctx.name), package["name"], package["version"])]
    kinds = {}
    for url in urls:
        kind, what = _probe(rctx, package, url)
        kinds[kind] = None
        lines.append("  {}: {}".format(url, what))
    lines += [_ADVICE[kind].format(variable = MIRROR_VARIABLE) for kind in sorted(kinds)]
    return struct(gone = kinds.keys() == ["gone"], message = "\n".join(lines))

def download_packages(rctx, packages):
    """Downloads packages into the directory `packages` of the repository.

    Args:
      rctx: (repository_ctx) of the calling rule. Its `environ` need not list MIRROR_VARIABLE: the
        files are the same from every mirror, so another mirror must not cause a new fetch.
      packages: (list[dict]) entries of the lock.

    Returns:
      (struct) `paths`, the downloaded files below the repository, in the order of `packages`; or, if the rule has
      an `update_command` and every mirror has dropped a package, `gone`, that package's name and version.
    """
    mirrors = find_mirrors(rctx)
    paths = []
    for package in packages:
        urls = ["{}/{}".format(mirror, _escape(package["path"])) for mirror in mirrors]

        # With the mirror's file name, which Bazel looks for in a --distdir.
        path = "packages/" + package["path"].rpartition("/")[2]
        if not urls:
            # The repository cache or a --distdir may still have the file. Bazel looks it up by
            # sha256 and file name, so the address only has to be well-formed.
            urls = ["file:/no-package-mirror-is-known/" + _escape(package["path"])]
        got = rctx.download(url = urls, output = path, sha256 = package["sha256"], allow_fail = True)
        if not got.success:
            if not mirrors:
                fail(_no_mirror(repository_text(rctx.name)))
            diagnosis = _diagnose(rctx, package, urls)
            if diagnosis.gone and getattr(rctx.attr, "update_command", ""):
                return struct(gone = "package {} {}".format(package["name"], package["version"]), paths = [])
            fail(diagnosis.message)
        paths.append(path)
    return struct(gone = "", paths = paths)
