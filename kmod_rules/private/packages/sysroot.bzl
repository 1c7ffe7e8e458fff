# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Repository rules that unpack locked packages into a tree, a *sysroot*."""

load("//kmod_rules/private/base:label_text.bzl", "label_text", "repository_text")
load(":control.bzl", "check_control", "control_fields", "read_controls")
load(":deb.bzl", "extract_deb")
load(":download.bzl", "download_packages")
load(":gone_packages.bzl", "write_gone")
load(":lock.bzl", "packages_of_set", "parse_lock")

LOCK = Label("//kmod_rules:packages.lock.json")

LOCK_ATTRS = {
    "lock": attr.label(
        default = LOCK,
        doc = "The package lock, a JSON file.",
    ),
    "mirrors": attr.string_list(
        doc = "Addresses of package mirrors, such as `[\"http://mirror.example/debian\"]`, tried before those of apt's configuration. KMOD_MIRROR in the environment replaces both.",
    ),
    "package_set": attr.string(
        mandatory = True,
        doc = "The set of the lock to unpack.",
    ),
}

# For rules whose packages an archive replaces in time.
UPDATE_ATTRS = {
    "update_command": attr.string(
        doc = "The command that moves the pins, such as `bazel run @rules_kmod//kmod_rules:add_kernel -- --name=my_kernel --update`, for packages of a suite that still changes. If it is given and the mirrors have dropped a package, Bazel skips what needs it.",
    ),
}

UNPACK_ATTRS = dict(LOCK_ATTRS, **{
    "_busybox": attr.label(default = Label("@kmod_busybox//:bin/busybox")),
    "_relink": attr.label(default = Label("//kmod_rules/private/packages:relink.sh")),
    "_stage": attr.label(default = Label("//kmod_rules/private/packages:stage.sh")),
    "_unpack": attr.label(default = Label("//kmod_rules/private/packages:unpack.sh")),
    "_wrap": attr.label(default = Label("//kmod_rules/private/packages:wrap.sh")),
})

ROOT = "root"

# The list of packages in a tree, for actions that have the tree as an input.
_PACKAGE_LIST = "packages.json"

def _read_set(rctx):
    where = label_text(rctx.attr.lock)
    lock = parse_lock(rctx.read(rctx.attr.lock), where)
    return packages_of_set(lock, rctx.attr.package_set, where)

def _check_packages(rctx, busybox, packages, debs):
    """Returns the packages' control files."""
    controls = read_controls(rctx, busybox, debs)
    for control, package in zip(controls, packages):
        check_control(control, package, repository_text(rctx.name))
    return controls

def _describe(package, control):
    """Returns the entry of a package for a bill of materials."""
    fields = control_fields(control)
    return dict(
        package,
        homepage = fields.get("Homepage", ""),
        # A control file omits the source if it has the name of the package.
        source = fields.get("Source", package["name"]),
    )

def run_shell(rctx, script, arguments):
    """Runs a script of this project under the pinned busybox.

    Args:
      rctx: (repository_ctx) of a rule that has UNPACK_ATTRS.
      script: (Label) the script.
      arguments: (list) of strings and paths.

    Returns:
      (string) its standard output.
    """
    busybox = rctx.path(rctx.attr._busybox)
    result = rctx.execute(
        [busybox, "sh", rctx.path(script)] + arguments,
        environment = {"LC_ALL": "C", "PATH": str(busybox.dirname.get_child("applets"))},
        timeout = 1800,
    )
    if result.return_code:
        fail("{}: {} failed:\n{}{}".format(repository_text(rctx.name), script.name, result.stdout, result.stderr))
    return result.stdout

def run_busybox(rctx, arguments):
    """Runs one program of the pinned busybox, without a shell.

    Args:
      rctx: (repository_ctx) of a rule that has UNPACK_ATTRS.
      arguments: (list) of strings and paths, the applet's name first.
    """
    result = rctx.execute([rctx.path(rctx.attr._busybox)] + arguments)
    if result.return_code:
        fail("{}: {} failed: {}".format(repository_text(rctx.name), arguments[0], result.stderr))

def unpack_packages(rctx, wrap = True, alternatives = {}):
    """Downloads the rule's package set and unpacks it into ROOT, with a list of its packages.

    Args:
      rctx: (repository_ctx) of a rule that has UNPACK_ATTRS.
      wrap: (bool) whether programs of the tree will run.
      alternatives: (dict[string, string]) names in usr/bin to the programs there that they stand for.

    Returns:
      (string) `gone` of download_packages(): empty if the tree is there.
    """
    packages = _read_set(rctx)

    # Makes Bazel fetch busybox, and so check the host, before the downloads.
    rctx.path(rctx.attr._busybox)
    rctx.report_progress("downloading {} packages".format(len(packages)))
    downloaded = download_packages(rctx, packages)
    if downloaded.gone:
        return downloaded.gone
    debs = downloaded.paths
    rctx.report_progress("unpacking {} packages".format(len(packages)))
    controls = _check_packages(rctx, rctx.path(rctx.attr._busybox), packages, debs)
    rctx.file(
        "packages/list",
        "".join(["{} {} {}\n".format(package["name"], package["version"], deb) for package, deb in zip(packages, debs)]),
        executable = False,
    )
    run_shell(rctx, rctx.attr._unpack, [rctx.path(rctx.attr._stage), rctx.path(rctx.attr._relink), ROOT, "packages/list"])
    described = [_describe(package, control) for package, control in zip(packages, controls)]
    rctx.file(ROOT + "/" + _PACKAGE_LIST, json.encode(described) + "\n", executable = False)
    for name, program in alternatives.items():
        rctx.symlink("{}/usr/bin/{}".format(ROOT, program), "{}/usr/bin/{}".format(ROOT, name))
    if wrap:
        run_shell(rctx, rctx.attr._wrap, [ROOT])
    rctx.delete("packages")
    return ""

def _keep_only(rctx, directories):
    whole = rctx.path("whole")
    run_busybox(rctx, ["mv", ROOT, whole])
    for directory in directories:
        source = whole
        for part in directory.split("/"):
            source = source.get_child(part)
        if not source.exists:
            fail("{}: keep names {}, and the package set \"{}\" has no such directory.".format(repository_text(rctx.name), directory, rctx.attr.package_set))
        target = "{}/{}".format(ROOT, directory)
        run_busybox(rctx, ["mkdir", "-p", rctx.path(target).dirname])
        run_busybox(rctx, ["mv", source, target])
    rctx.delete(whole)

def _sysroot_repository_impl(rctx):
    gone = unpack_packages(rctx, wrap = rctx.attr.wrap, alternatives = rctx.attr.alternatives)
    if gone:
        # The names in the BUILD files of third_party for the trees of kernels.
        write_gone(rctx, gone, ["image", "modules", ROOT])
        return
    if rctx.attr.keep:
        _keep_only(rctx, rctx.attr.keep)
    rctx.symlink(rctx.attr.build_file, "BUILD.bazel")

sysroot_repository = repository_rule(
    implementation = _sysroot_repository_impl,
    attrs = dict(UNPACK_ATTRS, **dict(UPDATE_ATTRS, **{
        "alternatives": attr.string_dict(
            doc = "Names of programs to the programs that stand for them, which a distribution links at installation, such as `{\"awk\": \"mawk\"}`.",
        ),
        "build_file": attr.label(
            mandatory = True,
            doc = "The BUILD file of the repository; the unpacked tree is its directory `root`.",
        ),
        "keep": attr.string_list(
            doc = "If given, only these directories of the tree are kept, such as `[\"boot\", \"usr/lib/firmware\"]`.",
        ),
        "wrap": attr.bool(
            default = True,
            doc = "Whether to make the programs of the tree relocatable.",
        ),
    })),
    doc = """Unpacks a set of locked packages into one tree.

Each dynamic executable in it is wrapped to run through the tree's own loader and libraries, so that
it works at any path and on any x86-64 Linux. Example:

```
sysroot_repository(
    name = "qemu",
    build_file = "//:qemu.BUILD",
    package_set = "qemu",
)
```
""",
)

def _source_package_repository_impl(rctx):
    unpack_packages(rctx, wrap = False)
    source = rctx.path(ROOT)
    for part in rctx.attr.strip_prefix.split("/"):
        source = source.get_child(part)
    if not source.exists:
        fail("{}: the package set \"{}\" has no directory {}.".format(repository_text(rctx.name), rctx.attr.package_set, rctx.attr.strip_prefix))

    # Moved, not linked: Bazel would take a second copy below `root` for other packages.
    run_busybox(rctx, ["mv"] + source.readdir() + ["."])
    rctx.delete(ROOT)
    for patch in rctx.attr.patches:
        rctx.patch(patch, strip = 1)
    if rctx.attr.build_file:
        rctx.symlink(rctx.attr.build_file, "BUILD.bazel")

source_package_repository = repository_rule(
    implementation = _source_package_repository_impl,
    attrs = dict(UNPACK_ATTRS, **{
        "build_file": attr.label(doc = "A BUILD file for the root, if the package has none."),
        "patches": attr.label_list(doc = "Patches to apply, with one leading path component."),
        "strip_prefix": attr.string(
            mandatory = True,
            doc = "The directory of the package that becomes the repository's root.",
        ),
    }),
    doc = "Makes a Bazel repository of sources that are shipped as a distribution package.",
)

def _busybox_repository_impl(rctx):
    if rctx.os.name != "linux":
        fail("{}: this host runs {}. rules_kmod builds on x86-64 Linux only; use a remote worker or a virtual machine.".format(repository_text(rctx.name), rctx.os.name))
    packages = _read_set(rctx)
    debs = download_packages(rctx, packages).paths
    for deb in debs:
        extract_deb(rctx, deb, ".")

    # This is the first program of the project to run, so it detects a wrong host.
    machine = rctx.execute([rctx.path("bin/busybox"), "uname", "-m"])
    if machine.return_code or machine.stdout.strip() != "x86_64":
        fail("{}: this host is not x86-64 Linux: the pinned busybox {}. rules_kmod builds on x86-64 Linux only; use a remote worker or a virtual machine.".format(
            repository_text(rctx.name),
            "says " + machine.stdout.strip() if machine.stdout.strip() else "does not run",
        ))
    busybox = rctx.path("bin/busybox")
    rctx.execute([busybox, "mkdir", "bin/applets"])
    rctx.execute([busybox, "--install", "-s", "bin/applets"])
    _check_packages(rctx, busybox, packages, debs)
    rctx.delete("packages")
    rctx.file("BUILD.bazel", "exports_files([\"bin/busybox\"])\n", executable = False)

busybox_repository = repository_rule(
    implementation = _busybox_repository_impl,
    attrs = LOCK_ATTRS,
    doc = "Unpacks the static busybox, which unpacks all other packages, without any program of the host.",
)
