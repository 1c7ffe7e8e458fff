# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What a WORKSPACE loads: the pinned packages, the default kernels and the toolchains."""

load("//kmod_rules/private/kernel:kernel_repository.bzl", _kernel_repository = "kernel_repository")
load("//kmod_rules/private/packages:mirrors_repository.bzl", "mirrors_repository")
load("//kmod_rules/private/packages:sysroot.bzl", "busybox_repository", "source_package_repository", _sysroot_repository = "sysroot_repository")

kernel_repository = _kernel_repository
sysroot_repository = _sysroot_repository

# Flavours of Debian 12's kernel: repository name to the suffix of its release.
_DEBIAN_12_FLAVOURS = {
    "debian12_amd64": "amd64",
    "debian12_cloud_amd64": "cloud-amd64",
}

# C++ libraries that tools and tests use: names of package sets to the folders that hold them.
_CXX_LIBRARIES = {
    "fmt": "usr",
    "googletest": "usr/src/googletest",
    "libmd": "usr",
    "nlohmann_json": "usr/include",
}

def _once(rule, name, **kwargs):
    if name not in native.existing_rules():
        rule(name = name, **kwargs)

def _starlark_dependencies():
    _once(
        source_package_repository,
        name = "rules_cc",
        package_set = "rules_cc",
        patches = ["@rules_kmod//kmod_rules/third_party:rules_cc.patch"],
        strip_prefix = "usr/share/bazel/rules/cc",
    )

    # Bazel's own WORKSPACE registers Java toolchains, and resolving any toolchain loads them all.
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

def _sysroots():
    for name in ["archive_tools", "clang", "gdb", "lint", "locale", "qemu", "symbolizer", "test_signing"]:
        _once(
            sysroot_repository,
            name = "kmod_" + name,
            build_file = "@rules_kmod//kmod_rules/third_party:{}.BUILD".format(name),
            package_set = name,
        )

    # Without its static libraries, which are most of 600 MB.
    _once(
        sysroot_repository,
        name = "kmod_clang_headers",
        build_file = "@rules_kmod//kmod_rules/third_party:clang_headers.BUILD",
        keep = [
            "usr/include",
            "usr/lib/llvm-19/include",
        ],
        package_set = "clang_headers",
        wrap = False,
    )

    # Its libraries are of another release than those of all other programs, hence a lock of its own.
    _once(
        sysroot_repository,
        name = "kmod_virtiofsd",
        build_file = "@rules_kmod//kmod_rules/third_party:virtiofsd.BUILD",
        lock = "@rules_kmod//kmod_rules:debian13.lock.json",
        package_set = "virtiofsd",
    )

    # kbuild calls awk by that name.
    _once(
        sysroot_repository,
        name = "kmod_kbuild_gcc12",
        alternatives = {"awk": "mawk"},
        build_file = "@rules_kmod//kmod_rules/third_party:kbuild_gcc12.BUILD",
        package_set = "kbuild_gcc12",
    )

    # Only integration tests of this project name them, so nobody else fetches them.
    for name in ["cache_server", "strace"]:
        _once(
            sysroot_repository,
            name = "kmod_" + name,
            build_file = "@rules_kmod//kmod_rules/third_party:tree.BUILD",
            package_set = name,
        )

    # Its programs run below this tree as their root directory, so they are not wrapped.
    _once(
        sysroot_repository,
        name = "kmod_remote_worker",
        build_file = "@rules_kmod//kmod_rules/third_party:tree.BUILD",
        package_set = "remote_worker",
        wrap = False,
    )

    # Headers and libraries: nothing in them is ever run by itself.
    for name in ["faketime", "freestanding_libstdcxx", "hosted"]:
        _once(
            sysroot_repository,
            name = "kmod_" + name,
            build_file = "@rules_kmod//kmod_rules/third_party:{}.BUILD".format(name),
            package_set = name,
            wrap = False,
        )
    for name, folder in _CXX_LIBRARIES.items():
        _once(
            source_package_repository,
            name = "kmod_" + name,
            build_file = "@rules_kmod//kmod_rules/third_party:{}.BUILD".format(name),
            package_set = name,
            strip_prefix = folder,
        )

    # Writes the test.xml of VM tests; their own tests read it back.
    _once(
        source_package_repository,
        name = "kmod_pugixml",
        build_file = "@rules_kmod//kmod_rules/third_party:pugixml.BUILD",
        package_set = "pugixml",
        strip_prefix = "usr",
    )

def _kernels():
    for name, flavour in _DEBIAN_12_FLAVOURS.items():
        release = "6.1.0-50-" + flavour
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

        # A repository of its own, because only a test needs the image, and it is the largest package.
        _once(
            sysroot_repository,
            name = name + "_image",
            build_file = "@rules_kmod//kmod_rules/third_party:image.BUILD",
            keep = ["boot"] + [
                "usr/lib/modules/{}/kernel/{}".format(release, folder)
                for folder in ["drivers/virtio", "fs/fuse"]
            ],
            package_set = name + "_image",
            wrap = False,
        )

# buildifier: disable=unnamed-macro (it declares repositories, all of fixed names)
def kmod_repositories():
    """Declares every repository that rules_kmod needs. Bazel fetches only those that a target uses.

    Repositories that the workspace has already declared under the same name are left as they are.
    """
    _once(busybox_repository, name = "kmod_busybox", package_set = "busybox")
    _once(mirrors_repository, name = "kmod_mirrors")
    _starlark_dependencies()
    _sysroots()
    _kernels()
    native.register_toolchains(
        "@rules_kmod//toolchains:freestanding_toolchain",
        "@rules_kmod//toolchains:hosted_toolchain",
    )
