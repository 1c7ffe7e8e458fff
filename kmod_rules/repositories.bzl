# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Declares the repositories of a WORKSPACE: pinned packages, default kernels and toolchains."""

load("//kmod_rules/private/kernel:kernel_repository.bzl", _kernel_repository = "kernel_repository")
load("//kmod_rules/private/kernel:kernel_toolchain.bzl", "TOOLCHAIN_SUFFIX", "kernel_toolchain_repository")
load("//kmod_rules/private/packages:mirrors_repository.bzl", "mirrors_repository")
load("//kmod_rules/private/packages:sysroot.bzl", "busybox_repository", "source_package_repository", _sysroot_repository = "sysroot_repository")

sysroot_repository = _sysroot_repository

_THIRD_PARTY = "@rules_kmod//kmod_rules/third_party:"

_LOCKS = "@rules_kmod//kmod_rules:"

def kernel_repository(
        name,
        build_directory,
        compiler,
        image,
        package_set,
        release,
        tools,
        drivers = "@rules_kmod//kmod_rules:no_drivers",
        lock = _LOCKS + "packages.lock.json"):
    """Makes a kernel from the packages that a distribution ships for building modules.

    The macro declares two repositories: NAME, which unpacks the packages, checks that they are complete,
    makes them relocatable and asks kbuild for its compiler flags, and NAME_toolchain, the C++ toolchain with
    these flags. It registers the toolchain. `@NAME//:kernel` is what `kernel_module(kernel = …)` and
    `--//kmod_rules:kernel=…` take; `@NAME//:image` is the kernel to boot.

    ```
    kernel_repository(
        name = "debian12_amd64",
        build_directory = "usr/src/linux-headers-6.1.0-50-amd64",
        compiler = "gcc-12",
        image = "@debian12_amd64_image//:root/boot/vmlinuz-6.1.0-50-amd64",
        package_set = "debian12_amd64",
        release = "6.1.0-50-amd64",
        tools = "@kmod_kbuild_gcc12//:root",
    )
    ```

    Args:
      name: (string) the name of the kernel's repository, such as `"debian12_amd64"`.
      build_directory: (string) the kernel's build directory in the unpacked tree, such as
        `"usr/src/linux-headers-6.1.0-50-amd64"`.
      compiler: (string) the C compiler that built the kernel, a program of `tools`, such as `"gcc-12"`.
      image: (string) the label of the kernel's bootable image, such as
        `"@debian12_amd64_image//:root/boot/vmlinuz-6.1.0-50-amd64"`. Bazel fetches it only for tests and virtual
        machines.
      package_set: (string) the set of the lock to unpack, such as `"debian12_amd64"`.
      release: (string) the release of the kernel, which `uname -r` prints, such as `"6.1.0-50-amd64"`.
      tools: (label) the tree with that compiler, binutils, make and the shell tools that kbuild calls, such as
        `"@kmod_kbuild_gcc12//:root"`.
      drivers: (string) the label of the kernel's own modules that a virtual machine (VM) loads to mount a folder of the
        host, such as `"@debian12_amd64_image//:virtiofs_drivers"`. Without it, `kernel_vm` shares folders only if the
        kernel has virtiofs built in.
      lock: (label) the package lock, a JSON file, such as `"//:my.lock.json"`.
    """
    _kernel_repository(
        name = name,
        build_directory = build_directory,
        compiler = compiler,
        drivers = drivers,
        image = image,
        lock = lock,
        package_set = package_set,
        release = release,
        tools = tools,
    )
    kernel_toolchain_repository(name = name + TOOLCHAIN_SUFFIX, kernel = "@{}//:kernel".format(name))
    native.register_toolchains("@{}{}//:toolchain".format(name, TOOLCHAIN_SUFFIX))

# The kernels of the default matrix: repository name to the arguments of debian_kernel.
_KERNELS = {
    "debian11_cloud_amd64": {
        "compiler": "gcc-10",
        "lock": _LOCKS + "debian11_kernel.lock.json",
        "release": "5.10.0-32-cloud-amd64",
        "tools": "@kmod_debian11_kernel_tools//:root",
    },
    "debian12_amd64": {
        "compiler": "gcc-12",
        "release": "6.1.0-50-amd64",
        "tools": "@kmod_kbuild_gcc12//:root",
    },
    "debian12_cloud_amd64": {
        "compiler": "gcc-12",
        "release": "6.1.0-50-cloud-amd64",
        "tools": "@kmod_kbuild_gcc12//:root",
    },
    "debian12_rt_amd64": {
        "compiler": "gcc-12",
        "release": "6.1.0-50-rt-amd64",
        "tools": "@kmod_kbuild_gcc12//:root",
    },
    "debian13_cloud_amd64": {
        "compiler": "gcc-14",
        "lock": _LOCKS + "debian13_kernel.lock.json",
        "release": "6.12.117+deb13-cloud-amd64",
        "tools": "@kmod_debian13_kernel_tools//:root",
    },
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

def _kernel_tools(name, package_set, lock):
    """Declares the tree with a kernel's compiler and the programs that kbuild calls."""
    _once(
        sysroot_repository,
        name = name,
        # kbuild calls awk by that name.
        alternatives = {"awk": "mawk"},
        build_file = _THIRD_PARTY + "kernel_tools.BUILD",
        lock = lock,
        package_set = package_set,
    )

def debian_kernel(name, release, compiler, lock = _LOCKS + "packages.lock.json", tools = None):
    """Declares a kernel of Debian, or of a distribution with Debian's packages.

    It declares the repository of the kernel, NAME, that of its image, NAME_image, that of its C++ toolchain,
    NAME_toolchain, and, without `tools`, that of its compiler, NAME_tools. Bazel fetches them when a build
    uses them.

    ```
    debian_kernel(
        name = "trixie",
        compiler = "gcc-14",
        lock = "//:trixie.lock.json",
        release = "6.12.117+deb13-cloud-amd64",
    )
    ```

    Args:
      name: (string) the name of the kernel's repository; `@NAME//:kernel` is the kernel.
      release: (string) the release of the kernel, which `uname -r` prints, such as `"6.12.117+deb13-cloud-amd64"`.
      compiler: (string) the C compiler that built the kernel, such as `"gcc-14"`.
      lock: (label) the package lock. Its set NAME has the headers and kbuild, NAME_image has the image, and
        NAME_tools has the compiler, binutils, make and the shell tools that kbuild calls.
      tools: (label) the unpacked tree of these tools, instead of the set NAME_tools.
    """
    image = name + "_image"
    if not tools:
        _kernel_tools(name + "_tools", name + "_tools", lock)
        tools = "@{}_tools//:root".format(name)
    kernel_repository(
        name = name,
        build_directory = "usr/src/linux-headers-" + release,
        compiler = compiler,
        drivers = "@{}//:virtiofs_drivers".format(image),
        image = "@{}//:root/boot/vmlinuz-{}".format(image, release),
        lock = lock,
        package_set = name,
        release = release,
        tools = tools,
    )

    # A separate repository, because only tests need the image, which is the largest package.
    sysroot_repository(
        name = image,
        build_file = _THIRD_PARTY + "image.BUILD",
        keep = ["boot"] + [
            "usr/lib/modules/{}/kernel/{}".format(release, directory)
            for directory in ["drivers/virtio", "fs/fuse"]
        ],
        lock = lock,
        package_set = image,
        wrap = False,
    )

def _kernels():
    """Declares the kernels of the default matrix, and the compilers that several of them share."""
    _kernel_tools("kmod_kbuild_gcc12", "kbuild_gcc12", _LOCKS + "packages.lock.json")
    for release in ["debian11", "debian13"]:
        package_set = release + "_kernel_tools"
        _kernel_tools("kmod_" + package_set, package_set, "{}{}_kernel.lock.json".format(_LOCKS, release))
    for name, arguments in _KERNELS.items():
        if name not in native.existing_rules():
            debian_kernel(name = name, **arguments)

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
    native.register_toolchains("@rules_kmod//toolchains:hosted_toolchain")
