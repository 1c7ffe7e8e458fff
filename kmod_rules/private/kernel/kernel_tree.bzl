# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The repository rule kernel_tree, which makes a kernel from a build tree that was prepared elsewhere."""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")
load("//kmod_rules/private/packages:sysroot.bzl", "ROOT", "run_shell", "unpack_packages")
load(":kernel_tree_source.bzl", "BUILD_FILES", "SOURCES", "UNPREPARED_FILES", "build_directories", "check_release", "check_source", "choose_build_directory")
load(":makefile_paths.bzl", "check_makefile", "makefile_paths")
load(":probe.bzl", "directory_path")
load(":write_kernel.bzl", "KERNEL_ATTRS", "find_missing_files", "move_kernel", "write_kernel")

# Below ROOT, which also has the libraries of the tree's programs: a kernel's directory has a directory usr, too.
_TREE = ROOT + "/tree"

_DOWNLOAD = "download"

def _source(rctx):
    """Returns the path of the directory or the archive."""
    if rctx.attr.path:
        source = rctx.path(rctx.attr.path)
    elif rctx.attr.directory:
        source = directory_path(rctx, rctx.attr.directory)
    elif rctx.attr.archive:
        source = rctx.path(rctx.attr.archive)
    else:
        rctx.download(url = rctx.attr.url, output = _DOWNLOAD, sha256 = rctx.attr.sha256)
        source = rctx.path(_DOWNLOAD)
    if not source.exists:
        fail("{}: {} does not exist. Name the directory or the archive with the kernel's build tree.".format(repository_text(rctx.name), source))
    return source

def _unpack(rctx):
    rctx.report_progress("unpacking the kernel")
    bsdtar = rctx.path(rctx.attr._bsdtar)
    run_shell(rctx, rctx.attr._unpack_tree, [bsdtar, _source(rctx), _TREE])
    run_shell(rctx, rctx.attr._relink, [_TREE])
    rctx.delete(_DOWNLOAD)

def _find_build_directory(rctx, where):
    if rctx.attr.build_directory:
        if not rctx.path("{}/{}".format(_TREE, rctx.attr.build_directory)).exists:
            fail("{}: there is no directory {} in the tree. Correct the attribute build_directory, or remove it if the tree has only one kernel.".format(where, rctx.attr.build_directory))
        return rctx.attr.build_directory
    names = []
    for file in BUILD_FILES + UNPREPARED_FILES:
        names += ["-o", "-name", file.rpartition("/")[2]]
    found = rctx.execute([rctx.path(rctx.attr._busybox), "find", _TREE] + names[1:])
    files = [line[len(_TREE) + 1:] for line in found.stdout.split("\n") if line]
    return choose_build_directory(build_directories(files), where)

def _check_makefile(rctx, build, where):
    makefile = "{}/{}/Makefile".format(_TREE, build)
    if not rctx.path(makefile).exists:
        return
    paths = makefile_paths(rctx.read(makefile), build)
    existing = [p.path for p in paths if p.path != None and rctx.path("{}/{}".format(_TREE, p.path)).exists]
    check_makefile(paths, existing, "{}: {}/Makefile".format(where, build))

def _check_files(rctx, build, directory, where):
    missing = ["\n  {}: {}; {}.".format(file.path, file.why, file.how) for file in find_missing_files(rctx, build)]
    if missing:
        fail("{}: the kernel in {} is not complete. It lacks{}".format(where, directory, "".join(missing)))

def _wrap(rctx, build, where):
    """Makes the tree's programs run through the libraries of the package set."""
    run_shell(rctx, rctx.attr._wrap, [ROOT])
    missing = [file.path for file in find_missing_files(rctx, build)]
    if missing:
        fail("{}: these programs of the kernel do not run with the libraries of the package set \"{}\": {}. Make a lock with a set of the libraries that they need, from the distribution that built the kernel, and name it in the attributes lock and package_set.".format(where, rctx.attr.package_set, ", ".join(missing)))

def _release(rctx, build, where):
    file = "{}/{}/include/config/kernel.release".format(ROOT, build)
    return check_release(rctx.attr.release, rctx.read(file) if rctx.path(file).exists else "", where)

def _kernel_tree_impl(rctx):
    where = repository_text(rctx.name)
    given = {name: str(getattr(rctx.attr, name)) for name in SOURCES + ["sha256"] if getattr(rctx.attr, name)}
    check_source(given, where)
    unpack_packages(rctx, wrap = False)
    _unpack(rctx)
    directory = _find_build_directory(rctx, where)
    _check_makefile(rctx, directory, where)
    move_kernel(rctx, _TREE, directory)
    build = "tree" if directory == "." else "tree/" + directory
    _check_files(rctx, build, directory, where)
    release = _release(rctx, build, where)
    _wrap(rctx, build, where)
    write_kernel(rctx, "kernel_tree", build, release)

kernel_tree = repository_rule(
    implementation = _kernel_tree_impl,
    attrs = dict(KERNEL_ATTRS, **{
        "archive": attr.label(
            doc = "The archive with the kernel's build tree, such as `//:kernel-devel.rpm`: a tar, cpio or zip archive, an .rpm or a .deb.",
        ),
        "build_directory": attr.string(
            doc = "The directory in the tree in which the kernel was built, such as `usr/src/kernels/6.1.0`. Not needed if there is only one.",
        ),
        "directory": attr.label(
            doc = "A directory with the kernel's build tree, such as `//third_party:linux`. Its package has a file BUILD.bazel.",
        ),
        "package_set": attr.string(
            default = "kernel_tree_libraries",
            doc = "The set of the lock with the libraries of the tree's programs (objtool, modpost), such as `my_libraries`.",
        ),
        "path": attr.string(
            doc = "The absolute path of a directory with the kernel's build tree, such as `/home/me/linux`.",
        ),
        "release": attr.string(
            doc = "The release of the kernel, which `uname -r` prints, such as `6.1.0`. Not needed if the tree has include/config/kernel.release.",
        ),
        "sha256": attr.string(
            doc = "The checksum of the file at `url`: 64 hexadecimal digits.",
        ),
        "url": attr.string(
            doc = "The address of the archive, such as `https://mirror.example/kernel-devel.rpm`.",
        ),
        "_bsdtar": attr.label(default = Label("@kmod_bsdtar//:root/usr/bin/bsdtar")),
        "_unpack_tree": attr.label(default = Label("//kmod_rules/private/kernel:unpack_tree.sh")),
    }),
    doc = "Makes a kernel from a build tree that was prepared elsewhere. The macro `kernel_tree` of //kmod_rules:repositories.bzl declares it, with the kernel's toolchain.",
)
