# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The platform of one kernel, and the C++ toolchain for it."""

load("@rules_cc//cc:defs.bzl", "cc_toolchain")
load(":freestanding.bzl", "freestanding_toolchain_config")
load(":freestanding_standard_library.bzl", "freestanding_standard_library")

_CLANG = Label("@kmod_clang//:root")
_FILES = Label("@kmod_clang//:freestanding_files")
_LIBSTDCXX = Label("@kmod_freestanding_libstdcxx//:root")
_KERNEL_X86_64 = Label("//toolchains:kernel_x86_64")

def _toolchain(name, package):
    """Declares the toolchain() for a kernel whose other targets are in a package."""
    native.toolchain(
        name = name,
        exec_compatible_with = [
            "@platforms//cpu:x86_64",
            "@platforms//os:linux",
        ],
        target_compatible_with = [
            Label("//toolchains:kernel"),
            "@platforms//cpu:x86_64",
            "@platforms//os:linux",
            package + ":constraint",
        ],
        toolchain = package + ":cc_toolchain",
        toolchain_type = "@bazel_tools//tools/cpp:toolchain_type",
        visibility = ["//visibility:public"],
    )

# buildifier: disable=unnamed-macro (the names are those of the repositories)
def kernel_toolchains(repositories):
    """Declares the toolchains of several kernels, to be registered together.

    Args:
      repositories: (list[string]) the repositories with their platforms, such as `["debian12_amd64_toolchain"]`.
    """
    for repository in repositories:
        _toolchain(name = repository, package = "@{}//".format(repository))

# buildifier: disable=unnamed-macro (a repository has one kernel, so the names are fixed)
def kernel_cc_toolchain(kernel):
    """Declares `:platform`, the platform of code for a kernel, and `:toolchain`, which compiles for it.

    Args:
      kernel: (string) the label of the kernel, such as `@debian12_amd64//:kernel`.
    """
    public = ["//visibility:public"]
    native.constraint_value(
        name = "constraint",
        constraint_setting = Label("//toolchains:kernel_release"),
        visibility = public,
    )
    native.platform(
        name = "platform",
        constraint_values = [":constraint"],
        parents = [_KERNEL_X86_64],
        visibility = public,
    )
    _toolchain(name = "toolchain", package = "")
    freestanding_standard_library(
        name = "standard_library",
        clang = _CLANG,
        kernel = kernel,
        libstdcxx = _LIBSTDCXX,
        tags = ["manual"],
    )
    native.filegroup(
        name = "compiler_files",
        srcs = [
            ":standard_library",
            _FILES,
        ],
        tags = ["manual"],
    )
    cc_toolchain(
        name = "cc_toolchain",
        visibility = public,
        all_files = ":compiler_files",
        ar_files = _CLANG,
        as_files = _FILES,
        compiler_files = ":compiler_files",
        dwp_files = _CLANG,
        linker_files = _FILES,
        objcopy_files = _CLANG,
        strip_files = _CLANG,
        supports_param_files = True,
        toolchain_config = ":config",
    )
    freestanding_toolchain_config(
        name = "config",
        archiver = Label("@kmod_clang//:root/usr/bin/llvm-ar-19"),
        clang = _CLANG,
        compiler = Label("@kmod_clang//:root/usr/bin/clang-19"),
        kernel = kernel,
        libstdcxx = _LIBSTDCXX,
        standard_library = ":standard_library",
    )
