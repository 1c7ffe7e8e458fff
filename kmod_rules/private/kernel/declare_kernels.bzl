# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Declares the repositories of kernels, for WORKSPACE files and for the module extension."""

load("//kmod_rules/private/packages:once.bzl", "once")
load("//kmod_rules/private/packages:sysroot.bzl", "sysroot_repository")
load(":kernel_repository.bzl", "kernel_repository")
load(":kernel_toolchain.bzl", "TOOLCHAIN_SUFFIX", "kernel_toolchain_repository")
load(":source_kernel.bzl", "source_kernel")

_THIRD_PARTY = "@rules_kmod//kmod_rules/third_party:"

LOCKS = "@rules_kmod//kmod_rules:"

# Debian 13 still changes.
_UPDATE_DEBIAN13 = "bazel run //kmod_rules:update_lock -- --sets=kmod_rules/debian13_kernel.package_sets.json --lock=kmod_rules/debian13_kernel.lock.json"

# The kernels of the default matrix: repository name to the arguments of declare_debian_kernel.
_KERNELS = {
    "debian11_cloud_amd64": {
        "compiler": "gcc-10",
        "lock": LOCKS + "debian11_kernel.lock.json",
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
        "lock": LOCKS + "debian13_kernel.lock.json",
        "release": "6.12.117+deb13-cloud-amd64",
        "tools": "@kmod_debian13_kernel_tools//:root",
        "update_command": _UPDATE_DEBIAN13,
    },
    # A rolling suite, whose packages leave the archive within days.
    "debian14_cloud_amd64": {
        "compiler": "gcc-16",
        "lock": LOCKS + "debian14_cloud_amd64.lock.json",
        "release": "7.2.12+deb14-cloud-amd64",
        "update_command": "bazel run //kmod_rules:add_kernel -- --name=debian14_cloud_amd64 --directory=kmod_rules --update",
    },
}

# The kernels that see what those of distributions do not: the options beside those that each of them has, and the
# variables of make that leave the checks out of the kernel itself, whose build then takes half of the time. Modules are
# compiled with them.
_DEBUGGING_KERNELS = {
    "debian12_debug_amd64": {
        "config": "debugging.config",
        "make_variables": ["CFLAGS_UBSAN="],
    },
    "debian12_kcsan_amd64": {
        "config": "data_races.config",
        # Only the kernel's barriers are instrumented, which KCSAN has to know of.
        "make_variables": ["CFLAGS_KCSAN=-D__KCSAN_INSTRUMENT_BARRIERS__"],
    },
}

_KERNEL_BUILD = "@rules_kmod//kmod_rules/private/kernel/build:"

def declare_kernel(options, rule, name, **kwargs):
    """Declares a kernel and its C++ toolchain, which the caller registers.

    Args:
      options: (struct) of repository_options().
      rule: the repository rule, `kernel_repository` or `kernel_tree`.
      name: (string) the name of the kernel's repository.
      **kwargs: attributes of the rule.
    """
    once(options, rule, name, **kwargs)
    kernel_toolchain_repository(name = name + TOOLCHAIN_SUFFIX, kernel = "@{}//:toolchain_kernel".format(name))

def _declare_tools(options, name, package_set, lock, update_command = ""):
    """Declares the tree with a kernel's compiler and the programs that kbuild calls."""
    once(
        options,
        sysroot_repository,
        name,
        # kbuild calls awk by that name.
        alternatives = {"awk": "mawk"},
        build_file = _THIRD_PARTY + "kernel_tools.BUILD",
        lock = lock,
        package_set = package_set,
        update_command = update_command,
    )

def declare_debian_kernel(options, name, release, compiler, lock = LOCKS + "packages.lock.json", tools = None, update_command = ""):
    """Declares a kernel with the layout of Debian's packages, see `debian_kernel`.

    Args:
      options: (struct) of repository_options().
      name: (string) the name of the kernel's repository.
      release: (string) the release of the kernel.
      compiler: (string) the C compiler that built the kernel.
      lock: (label) the package lock.
      tools: (label) the unpacked tree of tools, instead of the set NAME_tools.
      update_command: (string) the command that moves the pins, for a suite that still changes.
    """
    image = name + "_image"
    if not tools:
        _declare_tools(options, name + "_tools", name + "_tools", lock, update_command)
        tools = "@{}_tools//:root".format(name)
    declare_kernel(
        options,
        kernel_repository,
        name,
        build_directory = "usr/src/linux-headers-" + release,
        compiler = compiler,
        image = "@{}//:image".format(image),
        lock = lock,
        modules = "@{}//:modules".format(image),
        package_set = name,
        release = release,
        tools = tools,
        update_command = update_command,
    )

    # A separate repository, because only tests need the image, which is the largest package.
    once(
        options,
        sysroot_repository,
        image,
        build_file = _THIRD_PARTY + "image.BUILD",
        lock = lock,
        package_set = image,
        update_command = update_command,
        wrap = False,
    )

def _declare_debugging_kernel(name, config, make_variables):
    source_kernel(
        name = name,
        build_tools = "@kmod_kernel_build//:root",
        compiler = "gcc-12",
        configs = [
            _KERNEL_BUILD + "virtual_machine.config",
            _KERNEL_BUILD + config,
        ],
        make_variables = make_variables + ["DEBUG_CFLAGS="],
        source = "@kmod_linux_source//:root/usr/src/linux-source-6.1.tar.xz",
        tools = "@kmod_kbuild_gcc12//:root",
    )
    kernel_toolchain_repository(name = name + TOOLCHAIN_SUFFIX, kernel = "@{}//:toolchain_kernel".format(name))

def declare_default_kernels(options):
    """Declares the kernels of the default matrix, and the compilers that several of them share.

    Args:
      options: (struct) of repository_options().

    Returns:
      (list[string]) the names of the kernels that did not exist.
    """
    _declare_tools(options, "kmod_kbuild_gcc12", "kbuild_gcc12", LOCKS + "packages.lock.json")
    for release, update_command in {"debian11": "", "debian13": _UPDATE_DEBIAN13}.items():
        package_set = release + "_kernel_tools"
        _declare_tools(options, "kmod_" + package_set, package_set, "{}{}_kernel.lock.json".format(LOCKS, release), update_command)
    names = [name for name in _KERNELS if name not in options.existing]
    for name in names:
        declare_debian_kernel(options, name, **_KERNELS[name])
    debugging_names = [name for name in _DEBUGGING_KERNELS if name not in options.existing]
    for name in debugging_names:
        _declare_debugging_kernel(name, **_DEBUGGING_KERNELS[name])
    return names + debugging_names
