# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The repository rule that lists the project's own files, for the release archive."""

_BUILD = """\
load("@rules_kmod//kmod_rules/private/release:release_archive.bzl", "release_archive")

release_archive(
    name = "release",
    srcs = glob(["files/*"]),
    manifest = "manifest.txt",
    version = "{version}",
    visibility = ["//visibility:public"],
)
"""

def _version(rctx, module_file):
    """Reads the version in MODULE.bazel, the only place that has it."""
    _, name, after = rctx.read(module_file).partition("name = \"rules_kmod\",\n    version = \"")
    if not name:
        fail("MODULE.bazel does not begin with the name and the version of rules_kmod")
    return after.partition("\"")[0]

def _project_files_impl(rctx):
    module_file = rctx.path(Label("@rules_kmod//:MODULE.bazel"))
    root = module_file.dirname
    git = rctx.which("git")
    if not git:
        fail("//:release needs git, which lists the files of the project. Install git.")
    listed = rctx.execute([git, "-C", root, "ls-files", "--stage", "-z"])
    if listed.return_code != 0:
        fail("//:release needs a clone of the project: git ls-files in {} says {}".format(root, listed.stderr))

    # Each line of git is "MODE OBJECT STAGE<tab>PATH". The files get numbers for names: a BUILD file in this repository
    # would make a package of its directory.
    manifest = []
    for entry in listed.stdout.split("\0"):
        attributes, _, path = entry.partition("\t")
        file = rctx.path("{}/{}".format(root, path))
        if not path or not file.exists:
            continue
        name = "files/{}".format(len(manifest))
        rctx.symlink(file, name)
        manifest.append("{} {} {}\n".format(attributes.partition(" ")[0], len(manifest), path))
    rctx.file("manifest.txt", "".join(manifest), executable = False)
    rctx.file("BUILD.bazel", _BUILD.format(version = _version(rctx, module_file)), executable = False)

project_files_repository = repository_rule(
    implementation = _project_files_impl,
    # git knows of files that were added since, and Bazel does not.
    local = True,
    doc = "Links the files that git has in its index, with their present contents, and declares the archive of them.",
)
