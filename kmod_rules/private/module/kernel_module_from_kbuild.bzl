# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_module_from_kbuild: the modules of a project that has Makefiles for kbuild."""

load(":kbuild_project.bzl", "kbuild_module", "kbuild_project")

def kernel_module_from_kbuild(
        name,
        srcs,
        kbuild,
        modules,
        kernel = None,
        make_vars = {},
        module_deps = [],
        **kwargs):
    """Builds the modules of a project with its own Makefiles (`Kbuild` or `Makefile`), as kbuild does.

    kbuild runs once for all modules, in the same sandbox as for `kernel_module`, with the same tools and the same
    checks. Composite modules, sub-directories, `foo-$(CONFIG_X)` and flags in the Makefiles work as they do without
    Bazel.

    The target `NAME` has the outputs of all modules, and stands for all of them in a `kernel_module_set`. For each module there is a target `NAME_MODULE`, which goes into
    `modules` of tests and sets and into `module_deps`. The target of a project with one module is `NAME`, too.

    ```
    kernel_module_from_kbuild(
        name = "card",
        srcs = glob(["**"]),
        kbuild = "Kbuild",
        make_vars = {"CONFIG_CARD_PCI": "m"},
        modules = {
            "card-core": [],
            "card-pci": ["card-core"],
        },
    )

    kernel_module_test(
        name = "card_test",
        modules = {":card_card-pci": "debug=1"},
    )
    ```

    A module that the Makefiles build and `modules` does not name is an error, and so is the reverse. For a project
    without a BUILD file, `bazel run @rules_kmod//kmod_rules:import_kbuild -- DIR` writes it: it has make build the
    modules in a copy of the directory, and asks make how.

    Args:
      name: (string) the name of the target for all modules, and the beginning of those for each.
      srcs: (list[label]) everything that kbuild reads: Makefiles, C, headers, assembler, objects, and scripts that the
        Makefiles run, such as `glob(["**"])`.
      kbuild: (label) the Makefile that kbuild reads first, such as `"Kbuild"` or `"src/Makefile"`. Its folder is kbuild's
        `M`.
      modules: (list[string] or dict[string, list[string]]) the modules' names without `.ko`, such as `["card"]`. If
        some use symbols of others, a dictionary says which, such as `{"card-core": [], "card-pci": ["card-core"]}`.
      kernel: (label) the kernel to build for, such as `"@debian12_amd64//:kernel"`, instead of the one that
        `--//kmod_rules:kernel` chooses.
      make_vars: (dict[string, string]) variables for the command line of make, such as `{"CONFIG_CARD_PCI": "m"}`.
        `$(M)` in them is the folder of `kbuild`.
      module_deps: (list[label]) modules of other targets whose symbols these modules use, such as `[":bus_ko"]`.
      **kwargs: attributes that every rule has, such as `features` and `visibility`.
    """
    uses = modules if type(modules) == "dict" else {module: [] for module in modules}
    kbuild_project(
        name = name,
        srcs = srcs,
        kbuild = kbuild,
        kernel = kernel,
        make_vars = make_vars,
        module_deps = module_deps,
        modules = uses,
        **kwargs
    )
    for module in uses:
        target = "{}_{}".format(name, module)
        if len(uses) == 1:
            native.alias(name = target, actual = name, **kwargs)
        else:
            kbuild_module(
                name = target,
                module = module,
                project = name,
                **kwargs
            )
