# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_module_set: modules for several kernels, ready to install."""

load("//kmod_rules/private/kernel:kernel_names.bzl", "names_of_kernels")
load(":module_archive.bzl", "module_archive")

def kernel_module_set(name, modules, kernels, index = True, **kwargs):
    """Builds modules for several kernels, and packs those of each kernel as they are installed.

    For each kernel there is a target `NAME_KERNEL`, whose output `NAME_KERNEL.tar` has the modules without debug
    information below `lib/modules/RELEASE/updates`, and depmod's files below `lib/modules/RELEASE`, so that `modprobe`
    finds them in an initramfs or in another root that has no other modules of this kernel. `NAME` is all archives.
    Bazel fetches only the kernels whose archives it builds.

    ```
    kernel_module_set(
        name = "hello_set",
        kernels = ["@debian12_cloud_amd64//:kernel", "@debian13_cloud_amd64//:kernel"],
        modules = [":hello_ko"],
    )
    ```

    This makes `hello_set_debian12_cloud_amd64.tar` and `hello_set_debian13_cloud_amd64.tar`.

    On an installed system, depmod's files have to cover the kernel's own modules as well: use `index = False`, and run
    `depmod RELEASE` after unpacking.

    Args:
      name: the name of the set, and the beginning of its archives' names.
      modules: the `kernel_module` targets, such as `[":hello_ko"]`, without the attribute `kernel`. The modules in their
        `module_deps` are in the archive, too. A `kernel_module_from_kbuild` target stands for all of its modules.
      kernels: labels of kernels, such as `["@debian12_amd64//:kernel"]`.
      index: whether the archives have depmod's files, such as `modules.dep`.
      **kwargs: the common attributes of all targets, such as `tags` and `visibility`.
    """
    names = names_of_kernels(name, kernels)
    for archive, kernel in names.items():
        module_archive(
            name = archive,
            index = index,
            kernel = kernel,
            modules = modules,
            **kwargs
        )
    native.filegroup(
        name = name,
        srcs = names.keys(),
        **kwargs
    )
