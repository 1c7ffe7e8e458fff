# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The repository rule kernel_repository, which makes a kernel from a distribution's packages."""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")
load("//kmod_rules/private/packages:sysroot.bzl", "ROOT", "UPDATE_ATTRS", "unpack_packages")
load(":write_kernel.bzl", "KERNEL_ATTRS", "find_missing_files", "gone_tools", "move_kernel", "write_gone_kernel", "write_kernel")

def _kernel_repository_impl(rctx):
    gone = gone_tools(rctx) or unpack_packages(rctx)
    if gone:
        write_gone_kernel(rctx, gone)
        return
    build = rctx.attr.build_directory
    move_kernel(rctx, ROOT, build)
    missing = ["{} ({})".format(file.path, file.why) for file in find_missing_files(rctx, build)]
    if missing:
        fail("{}: the package set \"{}\" is not a complete kernel: {} lacks {}. Add the packages that hold the kernel's headers and its build tools to the set, or name another build_directory.".format(
            repository_text(rctx.name),
            rctx.attr.package_set,
            build,
            ", ".join(missing),
        ))
    write_kernel(rctx, "kernel_repository", build, rctx.attr.release)

kernel_repository = repository_rule(
    implementation = _kernel_repository_impl,
    attrs = dict(KERNEL_ATTRS, **dict(UPDATE_ATTRS, **{
        "build_directory": attr.string(
            mandatory = True,
            doc = "The kernel's build directory in the unpacked tree, such as `usr/src/linux-headers-6.1.0-50-amd64`.",
        ),
        "release": attr.string(
            mandatory = True,
            doc = "The release of the kernel, which `uname -r` prints, such as `6.1.0-50-amd64`.",
        ),
    })),
    doc = "Makes a kernel from packages. The macro `kernel_repository` of //kmod_rules:repositories.bzl declares it, with the kernel's toolchain.",
)
