# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The module extension that declares the repositories of rules_kmod, for MODULE.bazel.

It calls the same rules with the same locks as `kmod_repositories` does for a WORKSPACE. Example:

```
kmod = use_extension("@rules_kmod//kmod_rules:extensions.bzl", "kmod")
kmod.mirror(url = "http://mirror.example/debian")
kmod.kernel(
    name = "my_kernel",
    compiler = "gcc-14",
    lock = "//:my.lock.json",
    release = "6.12.117+deb13-cloud-amd64",
)
use_repo(kmod, "my_kernel")
```

Only the root module's tags count: a module that it depends on cannot change its kernels or mirrors.
"""

load("//kmod_rules:repositories.bzl", "declare_repositories", "sysroot_repository")
load("//kmod_rules/private/kernel:declare_kernels.bzl", "declare_debian_kernel", "declare_kernel")
load("//kmod_rules/private/kernel:kernel_toolchains.bzl", "kernel_toolchains_repository")
load("//kmod_rules/private/kernel:kernel_tree.bzl", "kernel_tree")
load("//kmod_rules/private/packages:once.bzl", "repository_options")

_LOCK = Label("//kmod_rules:packages.lock.json")

def _root_tags(mctx):
    for module in mctx.modules:
        if module.is_root:
            return module.tags
    return struct(kernel = [], kernel_tree = [], lock = [], mirror = [], sysroot = [])

def _locks(tags):
    locks = {}
    for tag in tags:
        if tag.repository in locks:
            fail("kmod.lock: repository {} has two locks. Remove one.".format(tag.repository))
        locks[tag.repository] = tag.file
    return locks

def _kmod_impl(mctx):
    tags = _root_tags(mctx)
    mirrors = [tag.url for tag in tags.mirror]
    own_kernels = tags.kernel + tags.kernel_tree
    declared = declare_repositories(
        existing = {tag.name: None for tag in own_kernels + tags.sysroot},
        locks = _locks(tags.lock),
        mirrors = mirrors,
    )
    kernel_toolchains_repository(
        name = "kmod_kernel_toolchains",
        kernels = declared.kernels + [tag.name for tag in own_kernels],
    )
    options = declared.options
    unused = [name for name in options.locks if name in options.existing]
    if unused:
        fail("kmod.lock: repository {} is declared in this MODULE.bazel. Give it the attribute lock instead.".format(unused[0]))
    own_options = repository_options(mirrors = mirrors)
    for tag in tags.kernel:
        declare_debian_kernel(
            own_options,
            tag.name,
            release = tag.release,
            compiler = tag.compiler,
            lock = tag.lock,
            tools = tag.tools,
            update_command = tag.update_command,
        )
    for tag in tags.kernel_tree:
        declare_kernel(
            own_options,
            kernel_tree,
            tag.name,
            archive = tag.archive,
            build_directory = tag.build_directory,
            compiler = tag.compiler,
            directory = tag.directory,
            # Strings: Bazel fetches the labels of a repository rule at once, and only tests need these.
            image = str(tag.image) if tag.image else "",
            lock = tag.lock,
            modules = str(tag.modules) if tag.modules else "",
            package_set = tag.package_set,
            path = tag.path,
            release = tag.release,
            sha256 = tag.sha256,
            tools = tag.tools,
            url = tag.url,
        )
    for tag in tags.sysroot:
        sysroot_repository(
            name = tag.name,
            alternatives = tag.alternatives,
            build_file = tag.build_file,
            keep = tag.keep,
            lock = tag.lock,
            mirrors = mirrors,
            package_set = tag.package_set or tag.name,
            wrap = tag.wrap,
        )

_NAME = attr.string(
    doc = "The repository's name, such as `my_kernel`, which `use_repo` makes visible.",
    mandatory = True,
)

_LOCK_FILE = attr.label(
    default = _LOCK,
    doc = "The package lock, such as `//:my.lock.json`.",
)

_PACKAGE_SET = attr.string(
    doc = "The set of the lock to unpack, such as `my_kernel`. The default is the repository's name.",
)

kmod = module_extension(
    implementation = _kmod_impl,
    tag_classes = {
        "kernel": tag_class(
            attrs = {
                "compiler": attr.string(
                    doc = "The C compiler that built the kernel, such as `gcc-14`.",
                    mandatory = True,
                ),
                "lock": _LOCK_FILE,
                "name": _NAME,
                "release": attr.string(
                    doc = "The release of the kernel, which `uname -r` prints, such as `6.12.117+deb13-cloud-amd64`.",
                    mandatory = True,
                ),
                "tools": attr.label(
                    doc = "The tree with that compiler, binutils, make and the shell tools that kbuild calls, such as `@kmod_kbuild_gcc12//:root`, instead of the set NAME_tools of the lock.",
                ),
                "update_command": attr.string(
                    doc = "For a suite that still changes, the command that moves the pins, such as `bazel run @rules_kmod//kmod_rules:add_kernel -- --name=my_kernel --update`. If it is given and the mirrors have dropped a package, Bazel prints it, and skips the targets for this kernel.",
                ),
            },
            doc = "Declares a kernel of your own, as `debian_kernel` does in a WORKSPACE.",
        ),
        "kernel_tree": tag_class(
            attrs = {
                "archive": attr.label(
                    doc = "An archive with the kernel's build tree, such as `//:kernel-devel-6.1.0.rpm`.",
                ),
                "build_directory": attr.string(
                    doc = "The directory of the tree in which the kernel was built, such as `usr/src/kernels/6.1.0`. The fetch finds it if there is only one.",
                ),
                "compiler": attr.string(
                    doc = "The C compiler that built the kernel, such as `gcc-12`.",
                    mandatory = True,
                ),
                "directory": attr.label(
                    doc = "A directory with the kernel's build tree, such as `//third_party:linux`. Its package has a file BUILD.bazel.",
                ),
                "image": attr.label(
                    doc = "The kernel's bootable image, such as `//:bzImage`, for tests and virtual machines.",
                ),
                "lock": _LOCK_FILE,
                "modules": attr.label(
                    doc = "The directory of the kernel's own modules, `lib/modules/RELEASE`, from which tests load those that a module needs, such as `@my_image//:root/usr/lib/modules/6.1.0`.",
                ),
                "name": _NAME,
                "package_set": attr.string(
                    default = "kernel_tree_libraries",
                    doc = "The set of the lock with the libraries of the tree's programs, such as `my_libraries`.",
                ),
                "path": attr.string(
                    doc = "The absolute path of a directory with the kernel's build tree, such as `/home/me/linux`.",
                ),
                "release": attr.string(
                    doc = "The release of the kernel, such as `6.1.0`. The tree usually has it.",
                ),
                "sha256": attr.string(
                    doc = "The checksum of the file at `url`: 64 hexadecimal digits.",
                ),
                "tools": attr.label(
                    doc = "The tree with that compiler, binutils, make and the shell tools that kbuild calls, such as `@kmod_kbuild_gcc12//:root`.",
                    mandatory = True,
                ),
                "url": attr.string(
                    doc = "The address of an archive with the kernel's build tree, such as `https://mirror.example/kernel-devel-6.1.0.rpm`.",
                ),
            },
            doc = "Declares a kernel from a build tree that was prepared elsewhere, as `kernel_tree` does in a WORKSPACE.",
        ),
        "lock": tag_class(
            attrs = {
                "file": attr.label(
                    doc = "The package lock, such as `//:newer_qemu.lock.json`.",
                    mandatory = True,
                ),
                "repository": attr.string(
                    doc = "The repository that is made from it, such as `kmod_qemu`.",
                    mandatory = True,
                ),
            },
            doc = "Replaces the package lock of one of the repositories of rules_kmod.",
        ),
        "mirror": tag_class(
            attrs = {
                "url": attr.string(
                    doc = "The base address of a package mirror, such as `http://mirror.example/debian`.",
                    mandatory = True,
                ),
            },
            doc = "Adds a mirror, tried before those of apt's configuration. KMOD_MIRROR in the environment replaces all.",
        ),
        "sysroot": tag_class(
            attrs = {
                "alternatives": attr.string_dict(
                    doc = "Names of programs to the programs that stand for them, such as `{\"awk\": \"mawk\"}`.",
                ),
                "build_file": attr.label(
                    doc = "The BUILD file of the repository, such as `//:qemu.BUILD`; the unpacked tree is its directory `root`.",
                    mandatory = True,
                ),
                "keep": attr.string_list(
                    doc = "If given, only these directories of the tree are kept, such as `[\"boot\"]`.",
                ),
                "lock": _LOCK_FILE,
                "name": _NAME,
                "package_set": _PACKAGE_SET,
                "wrap": attr.bool(
                    default = True,
                    doc = "Whether to make the programs of the tree relocatable, such as `False` for headers.",
                ),
            },
            doc = "Declares a tree of packages of your own, by `sysroot_repository`.",
        ),
    },
    doc = "Declares every repository that rules_kmod needs, and the kernels and trees of the root module.",
)
