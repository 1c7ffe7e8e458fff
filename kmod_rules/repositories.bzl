# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Declares the repositories of a WORKSPACE: pinned packages, default kernels and toolchains."""

load("//kmod_rules/private/kernel:declare_kernels.bzl", "declare_debian_kernel", "declare_default_kernels", "declare_kernel")
load("//kmod_rules/private/kernel:kernel_repository.bzl", _kernel_repository = "kernel_repository")
load("//kmod_rules/private/kernel:kernel_toolchain.bzl", "TOOLCHAIN_SUFFIX")
load("//kmod_rules/private/kernel:kernel_tree.bzl", _kernel_tree = "kernel_tree")
load("//kmod_rules/private/packages:mirrors_repository.bzl", "mirrors_repository")
load("//kmod_rules/private/packages:once.bzl", "once", "repository_options")
load("//kmod_rules/private/packages:sysroot.bzl", "busybox_repository", "source_package_repository", _sysroot_repository = "sysroot_repository")
load("//kmod_rules/private/release:project_files.bzl", "project_files_repository")

sysroot_repository = _sysroot_repository

_THIRD_PARTY = "@rules_kmod//kmod_rules/third_party:"

# C++ libraries of tools and tests: the name of the package set to the directory that the repository
# gets its files from.
_CXX_LIBRARIES = {
    "fmt": "usr",
    "googletest": "usr/src/googletest",
    "libmd": "usr",
    "nlohmann_json": "usr/include",
    "pugixml": "usr",
}

def _sysroot(options, package_set, build_file = None, **kwargs):
    """Declares @kmod_SET, the unpacked packages of a set, with a BUILD file of third_party/."""
    once(
        options,
        sysroot_repository,
        name = "kmod_" + package_set,
        build_file = _THIRD_PARTY + (build_file or package_set + ".BUILD"),
        package_set = package_set,
        **kwargs
    )

def _bazel_rules(options):
    """Declares the Starlark repositories of Bazel, from Debian's package of Bazel's sources."""
    once(
        options,
        source_package_repository,
        name = "rules_cc",
        package_set = "rules_cc",
        patches = [_THIRD_PARTY + "rules_cc.patch"],
        strip_prefix = "usr/share/bazel/rules/cc",
    )

    # Bazel's own WORKSPACE registers Java toolchains, and resolving any toolchain loads all of them.
    once(
        options,
        source_package_repository,
        name = "rules_java",
        package_set = "rules_java",
        strip_prefix = "usr/share/bazel/rules/java",
    )
    once(
        options,
        source_package_repository,
        name = "bazel_skylib",
        package_set = "bazel_skylib",
        strip_prefix = "usr/share/bazel/tools/skylib",
    )

def _programs(options):
    """Declares the trees whose programs run in actions, tests or repository rules."""
    for package_set in ["archive_tools", "bsdtar", "clang", "gdb", "lint", "locale", "module_tools", "qemu", "symbolizer", "test_signing"]:
        _sysroot(options, package_set)

    # Its libraries are from another release than those of the other programs, so it has its own lock.
    _sysroot(options, "virtiofsd", lock = "@rules_kmod//kmod_rules:debian13.lock.json")

    # Only who has Rust fetches it.
    _sysroot(options, "rust", build_file = "tree.BUILD")

    # Only the integration tests of this project use and fetch these.
    for package_set in ["cache_server", "rpm", "strace"]:
        _sysroot(options, package_set, build_file = "tree.BUILD")

    # A kernel that is built from source, which only tests use.
    _sysroot(options, "kernel_build", alternatives = {"awk": "mawk"}, build_file = "tree.BUILD")
    _sysroot(options, "linux_source", wrap = False)

    # C++ libraries of others, which only tests put into modules.
    _sysroot(options, "cxx_libraries", keep = ["usr/include"], wrap = False)

    # Modules that the distribution packages as source, which only tests build.
    _sysroot(options, "real_modules", wrap = False)

    # Its programs run with this tree as their root directory, so they are not wrapped.
    _sysroot(options, "remote_worker", build_file = "tree.BUILD", wrap = False)

def _headers_and_libraries(options):
    """Declares the trees without programs of their own."""
    for package_set in ["faketime", "freestanding_libstdcxx", "hosted"]:
        _sysroot(options, package_set, wrap = False)

    # Excludes the static libraries, which are most of 600 MB.
    _sysroot(
        options,
        "clang_headers",
        keep = [
            "usr/include",
            "usr/lib/llvm-19/include",
        ],
        wrap = False,
    )
    _sysroot(options, "rust_src", build_file = "tree.BUILD", keep = ["packages.json", "usr/src/rustc-1.85.0/library"], wrap = False)
    _sysroot(options, "rust_std", build_file = "tree.BUILD", wrap = False)
    for package_set, directory in _CXX_LIBRARIES.items():
        once(
            options,
            source_package_repository,
            name = "kmod_" + package_set,
            build_file = _THIRD_PARTY + package_set + ".BUILD",
            package_set = package_set,
            strip_prefix = directory,
        )

def kernel_repository(
        name,
        build_directory,
        compiler,
        image,
        package_set,
        release,
        tools,
        lock = "@rules_kmod//kmod_rules:packages.lock.json",
        modules = ""):
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
      lock: (label) the package lock, a JSON file, such as `"//:my.lock.json"`.
      modules: (string) the label of the directory of the kernel's own modules, such as
        `"@debian12_amd64_image//:root/usr/lib/modules/6.1.0-50-amd64"`. Tests and virtual machines load those that a
        module needs, and `kernel_vm` those with which it shares a folder. Without it, only what is built into the
        kernel is there. Bazel fetches it only for tests and virtual machines.
    """
    declare_kernel(
        repository_options(),
        _kernel_repository,
        name,
        build_directory = build_directory,
        compiler = compiler,
        image = image,
        lock = lock,
        modules = modules,
        package_set = package_set,
        release = release,
        tools = tools,
    )
    _register_toolchain(name)

def kernel_tree(
        name,
        compiler,
        tools,
        path = "",
        directory = None,
        archive = None,
        url = "",
        sha256 = "",
        build_directory = "",
        release = "",
        image = "",
        lock = "@rules_kmod//kmod_rules:packages.lock.json",
        modules = "",
        package_set = "kernel_tree_libraries"):
    """Makes a kernel from a build tree that was prepared elsewhere, by you or by any distribution.

    The tree is a directory, or an archive such as the package of a distribution with what building modules
    takes: the result of `make modules_prepare`, with the Module.symvers of the kernel. The macro declares the
    repository NAME, which copies the tree, checks that it is complete, makes it relocatable and asks kbuild for
    its compiler flags, and NAME_toolchain, the C++ toolchain with these flags. It registers the toolchain.
    `@NAME//:kernel` is what `kernel_module(kernel = …)` and `--//kmod_rules:kernel=…` take; `@NAME//:image` is
    the kernel to boot.

    ```
    kernel_tree(
        name = "my_kernel",
        archive = "//:kernel-devel-6.1.0.rpm",
        compiler = "gcc-12",
        image = "//:bzImage",
        tools = "@kmod_kbuild_gcc12//:root",
    )
    ```

    Exactly one of `path`, `directory`, `archive` and `url` names the tree. Bazel does not notice changes in a
    directory: `bazel sync --only=NAME` copies it again.

    Args:
      name: (string) the name of the kernel's repository, such as `"my_kernel"`.
      compiler: (string) the C compiler that built the kernel, a program of `tools`, such as `"gcc-12"`. The fetch
        refuses one of another family or major version.
      tools: (label) the tree with that compiler, binutils, make and the shell tools that kbuild calls, such as
        `"@kmod_kbuild_gcc12//:root"`.
      path: (string) the absolute path of a directory with the tree, such as `"/home/me/linux"`.
      directory: (label) a directory with the tree, such as `"//third_party:linux"`. Its package has a file
        BUILD.bazel.
      archive: (label) an archive with the tree, such as `"//:kernel-devel-6.1.0.rpm"`: a tar, cpio or zip archive,
        an .rpm or a .deb.
      url: (string) the address of such an archive, such as `"https://mirror.example/kernel-devel-6.1.0.rpm"`.
      sha256: (string) the checksum of the file at `url`.
      build_directory: (string) the directory of the tree in which the kernel was built, such as
        `"usr/src/kernels/6.1.0"`. The fetch finds it if there is only one.
      release: (string) the release of the kernel, which `uname -r` prints, such as `"6.1.0"`. The tree usually has it.
      image: (string) the label of the kernel's bootable image, such as `"//:bzImage"`, for tests and virtual machines.
      lock: (label) the package lock with `package_set`, such as `"//:my.lock.json"`.
      modules: (string) the label of the directory of the kernel's own modules, `lib/modules/RELEASE`, from which tests
        load those that a module needs, such as `"@my_image//:root/usr/lib/modules/6.1.0"`.
      package_set: (string) the set of the lock with the libraries of the tree's programs (objtool, modpost), such as
        `"my_libraries"`. The default has those that programs built on Debian 12, or before, need.
    """
    declare_kernel(
        repository_options(),
        _kernel_tree,
        name,
        archive = archive,
        build_directory = build_directory,
        compiler = compiler,
        directory = directory,
        image = image,
        lock = lock,
        modules = modules,
        package_set = package_set,
        path = path,
        release = release,
        sha256 = sha256,
        tools = tools,
        url = url,
    )
    _register_toolchain(name)

def _register_toolchain(kernel):
    """Registers the C++ toolchain of the kernel of that name."""
    native.register_toolchains("@{}{}//:toolchain".format(kernel, TOOLCHAIN_SUFFIX))

def debian_kernel(name, release, compiler, lock = "@rules_kmod//kmod_rules:packages.lock.json", tools = None, update_command = ""):
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
      update_command: (string) for a suite that still changes, the command that moves the pins, such as
        `"bazel run @rules_kmod//kmod_rules:add_kernel -- --name=trixie --update"`. If it is given and the mirrors
        have dropped a package, Bazel prints it, and skips the targets for this kernel.
    """
    declare_debian_kernel(repository_options(), name, release, compiler, lock, tools, update_command)
    _register_toolchain(name)

def declare_repositories(existing, mirrors = [], locks = {}):
    """Declares every repository that rules_kmod needs, except the Starlark repositories of Bazel.

    For `kmod_repositories` and the module extension; others use these two.

    Args:
      existing: names of repositories that exist and are kept.
      mirrors: (list[string]) addresses of mirrors, tried before those of apt's configuration.
      locks: (dict[string, label]) names of repositories to the locks that replace their own.

    Returns:
      (struct) `options`, of repository_options(), and `kernels`, the names of the kernels whose toolchains
      the caller registers.
    """
    options = repository_options(existing, mirrors, locks)
    once(options, busybox_repository, name = "kmod_busybox", package_set = "busybox")
    if "kmod_mirrors" not in existing:
        mirrors_repository(name = "kmod_mirrors", mirrors = mirrors)
    if "kmod_project_files" not in existing:
        project_files_repository(name = "kmod_project_files")
    _programs(options)
    _headers_and_libraries(options)
    return struct(kernels = declare_default_kernels(options), options = options)

# buildifier: disable=unnamed-macro (it declares repositories with fixed names)
def kmod_repositories(mirrors = [], locks = {}):
    """Declares every repository that rules_kmod needs, and registers its toolchains.

    Bazel fetches only the repositories that a target uses. A repository that the workspace has
    already declared under the same name is kept. With MODULE.bazel, the extension `kmod` of
    `//kmod_rules:extensions.bzl` does the same.

    Args:
      mirrors: (list[string]) addresses of package mirrors, such as `["http://mirror.example/debian"]`,
        tried before those of apt's configuration. KMOD_MIRROR in the environment replaces both.
      locks: (dict[string, label]) names of repositories to package locks that replace their own, such
        as `{"kmod_qemu": "//:newer_qemu.lock.json"}`.
    """
    declared = declare_repositories(native.existing_rules(), mirrors, locks)
    _bazel_rules(declared.options)
    for kernel in declared.kernels:
        _register_toolchain(kernel)
    native.register_toolchains("@rules_kmod//toolchains:hosted_toolchain")
