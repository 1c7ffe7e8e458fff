# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Declares the repositories of a WORKSPACE: pinned packages, default kernels and toolchains."""

load("//kmod_rules/private/kernel:kernel_repository.bzl", _kernel_repository = "kernel_repository")
load("//kmod_rules/private/packages:mirrors_repository.bzl", "mirrors_repository")
load("//kmod_rules/private/packages:sysroot.bzl", "busybox_repository", "source_package_repository", _sysroot_repository = "sysroot_repository")

kernel_repository = _kernel_repository
sysroot_repository = _sysroot_repository

_THIRD_PARTY = "@rules_kmod//kmod_rules/third_party:"

# The flavors of Debian 12's kernel: repository name to the suffix of the release.
_DEBIAN_12_FLAVORS = {
    "debian12_amd64": "amd64",
    "debian12_cloud_amd64": "cloud-amd64",
}

# C++ libraries of tools and tests: the name of the package set to the directory that the repository
# gets its files from.
_CXX_LIBRARIES = {
    "fmt": "usr",
    "googletest": "usr/src/googletest",
    "libmd": "usr",
    "nlohmann_json": "usr/include",
    "pugixml": "usr",
}

def _once(rule, name, **kwargs):
    """Declares a repository unless the workspace already has one of this name."""
    if name not in native.existing_rules():
        rule(name = name, **kwargs)

def _sysroot(package_set, build_file = None, **kwargs):
    """Declares @kmod_SET, the unpacked packages of a set, with a BUILD file of third_party/."""
    _once(
        sysroot_repository,
        name = "kmod_" + package_set,
        build_file = _THIRD_PARTY + (build_file or package_set + ".BUILD"),
        package_set = package_set,
        **kwargs
    )

def _bazel_rules():
    """Declares the Starlark repositories of Bazel, from Debian's package of Bazel's sources."""
    _once(
        source_package_repository,
        name = "rules_cc",
        package_set = "rules_cc",
        patches = [_THIRD_PARTY + "rules_cc.patch"],
        strip_prefix = "usr/share/bazel/rules/cc",
    )

    # Bazel's own WORKSPACE registers Java toolchains, and resolving any toolchain loads all of them.
    _once(
        source_package_repository,
        name = "rules_java",
        package_set = "rules_java",
        strip_prefix = "usr/share/bazel/rules/java",
    )
    _once(
        source_package_repository,
        name = "bazel_skylib",
        package_set = "bazel_skylib",
        strip_prefix = "usr/share/bazel/tools/skylib",
    )

def _programs():
    """Declares the trees whose programs run in actions, tests or repository rules."""
    for package_set in ["archive_tools", "clang", "gdb", "lint", "locale", "qemu", "symbolizer", "test_signing"]:
        _sysroot(package_set)

    # kbuild calls awk by that name.
    _sysroot("kbuild_gcc12", alternatives = {"awk": "mawk"})

    # Its libraries are from another release than those of the other programs, so it has its own lock.
    _sysroot("virtiofsd", lock = "@rules_kmod//kmod_rules:debian13.lock.json")

    # Only the integration tests of this project use and fetch these.
    for package_set in ["cache_server", "strace"]:
        _sysroot(package_set, build_file = "tree.BUILD")

    # Its programs run with this tree as their root directory, so they are not wrapped.
    _sysroot("remote_worker", build_file = "tree.BUILD", wrap = False)

def _headers_and_libraries():
    """Declares the trees without programs of their own."""
    for package_set in ["faketime", "freestanding_libstdcxx", "hosted"]:
        _sysroot(package_set, wrap = False)

    # Excludes the static libraries, which are most of 600 MB.
    _sysroot(
        "clang_headers",
        keep = [
            "usr/include",
            "usr/lib/llvm-19/include",
        ],
        wrap = False,
    )
    for package_set, directory in _CXX_LIBRARIES.items():
        _once(
            source_package_repository,
            name = "kmod_" + package_set,
            build_file = _THIRD_PARTY + package_set + ".BUILD",
            package_set = package_set,
            strip_prefix = directory,
        )

def _kernels():
    """Declares the kernels of Debian 12, each with a repository for its image."""
    for name, flavor in _DEBIAN_12_FLAVORS.items():
        release = "6.1.0-50-" + flavor
        _once(
            kernel_repository,
            name = name,
            build_directory = "usr/src/linux-headers-" + release,
            compiler = "gcc-12",
            drivers = "@{}_image//:virtiofs_drivers".format(name),
            image = "@{}_image//:root/boot/vmlinuz-{}".format(name, release),
            package_set = name,
            release = release,
            tools = "@kmod_kbuild_gcc12//:root",
        )

        # A separate repository, because only tests need the image, which is the largest package.
        _once(
            sysroot_repository,
            name = name + "_image",
            build_file = _THIRD_PARTY + "image.BUILD",
            keep = ["boot"] + [
                "usr/lib/modules/{}/kernel/{}".format(release, directory)
                for directory in ["drivers/virtio", "fs/fuse"]
            ],
            package_set = name + "_image",
            wrap = False,
        )

# buildifier: disable=unnamed-macro (it declares repositories with fixed names)
def kmod_repositories():
    """Declares every repository that rules_kmod needs, and registers its toolchains.

    Bazel fetches only the repositories that a target uses. A repository that the workspace has
    already declared under the same name is kept.
    """
    _once(busybox_repository, name = "kmod_busybox", package_set = "busybox")
    _once(mirrors_repository, name = "kmod_mirrors")
    _bazel_rules()
    _programs()
    _headers_and_libraries()
    _kernels()
    native.register_toolchains(
        "@rules_kmod//toolchains:freestanding_toolchain",
        "@rules_kmod//toolchains:hosted_toolchain",
    )
