# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rules of kernel_module_from_kbuild: one for the project, and one for each of its modules."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo", "KernelModulesInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text", "sibling")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "for_select_of_project", "on_kernel")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "run_kbuild")
load("//kmod_rules/private/module/sbom:sbom.bzl", "SBOM_ATTRS", "write_sbom")
load(":c_sources.bzl", "package_path")
load(":module_deps.bzl", "check_module_deps", "stock_modules_of", "transitive_modules")
load(":module_name.bzl", "check_distinct_names", "check_module_name", "kernel_name")

_KbuildProjectInfo = provider(
    doc = "The modules of a project that has Makefiles for kbuild.",
    fields = {
        "files": "(dict[string, struct]) Each module's name, and its files `ko`, `sbom`, `stripped_ko` and `symvers`.",
        "modules": "(dict[string, KernelModuleInfo]) Each module's name, and what the module is.",
    },
)

# What the action itself says to make.
_RESERVED_VARIABLES = ["CC", "CONFIG_SHELL", "KBUILD_EXTRA_SYMBOLS", "KBUILD_OUTPUT", "KCPPFLAGS", "M", "O", "PAHOLE", "SHELL"]

_SOURCE_EXTENSIONS = ["S", "c", "h", "inc"]

def check_make_variables(variables, label, fail = fail):
    """Refuses variables that are not the user's, and names that make cannot take.

    Args:
      variables: (dict[string, string]) the attribute make_vars.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    for name, value in variables.items():
        if name in _RESERVED_VARIABLES:
            fail("{}: make_vars sets {}, which the action sets itself. Remove it; flags for the C compiler go into KCFLAGS.".format(label_text(label), name))
        elif not name or [c for c in name.elems() if c in " \t\n=:#$+?"]:
            fail("{}: make_vars has the name \"{}\", which make cannot take. Write for example {{\"CONFIG_CARD\": \"m\"}}.".format(label_text(label), name))
        elif "\n" in value:
            fail("{}: make_vars gives {} a value with a line break. Write it in one line.".format(label_text(label), name))

def check_modules(modules, label, fail = fail):
    """Checks the names of a project's modules, and which of them they use.

    Args:
      modules: (dict[string, list[string]]) the attribute modules.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if not modules:
        fail("{}: modules is empty. Name the modules that the Makefiles build, such as [\"card\"].".format(label_text(label)))
    for module, used in modules.items():
        check_module_name(module, label, fail)
        for other in used:
            if other not in modules or other == module:
                fail("{}: modules says that {} uses {}, which is not another module of it. It has: {}. Modules of other targets go into module_deps.".format(label_text(label), module, other, ", ".join(modules)))
    check_distinct_names(
        [struct(module_name = kernel_name(module), label = module) for module in modules],
        label,
        fail,
    )

def order_modules(modules, label, fail = fail):
    """Puts a project's modules in an order in which the kernel can load them.

    Args:
      modules: (dict[string, list[string]]) each module, with those that it uses.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (list[string]) their names.
    """
    ordered = []
    for _ in modules:
        for module, used in modules.items():
            if module not in ordered and not [other for other in used if other not in ordered]:
                ordered.append(module)
    circle = [module for module in modules if module not in ordered]
    if circle:
        fail("{}: modules says that {} use each other in a circle, so the kernel could load none of them first. Remove one of the uses.".format(label_text(label), ", ".join(circle)))
    return ordered

def _sources(ctx):
    """Returns the project's files by their names in kbuild's directory, and the folder of the first Makefile."""
    kbuild = ctx.file.kbuild
    directory = package_path(ctx.label, kbuild).rpartition("/")[0]
    prefix = directory + "/" if directory else ""
    name = prefix + (kbuild.basename if kbuild.basename in ["Kbuild", "Makefile"] else "Kbuild")
    sources = {name: kbuild}
    for file in ctx.files.srcs:
        path = package_path(ctx.label, file)
        if file == kbuild:
            continue
        if path in sources:
            fail("{}: srcs holds {}, and {} has the same path in kbuild's directory, {}. Remove one of them.".format(label_text(ctx.label), file.short_path, sources[path].short_path, path))
        sources[path] = file
    if name.endswith("Makefile") and prefix + "Kbuild" in sources:
        fail("{}: kbuild is {}, and the same folder has a file Kbuild, which kbuild reads instead. Set kbuild = \"{}Kbuild\".".format(label_text(ctx.label), kbuild.short_path, prefix))
    return struct(directory = directory, files = sources)

def _declare_module(ctx, module):
    file = ctx.actions.declare_file
    return struct(
        ko = file("{}/{}.ko".format(ctx.label.name, module)),
        sbom = file("{}/{}.spdx.json".format(ctx.label.name, module)),
        stripped_ko = file("{}/{}.stripped.ko".format(ctx.label.name, module)),
        symvers = file("{}/{}.Module.symvers".format(ctx.label.name, module)),
    )

def _module_providers(ctx, files, info):
    return [
        DefaultInfo(
            files = depset([files.ko, files.stripped_ko, files.symvers]),
            runfiles = ctx.runfiles([files.stripped_ko]),
        ),
        OutputGroupInfo(
            ko = depset([files.ko]),
            sbom = depset([files.sbom]),
            stripped_ko = depset([files.stripped_ko]),
            symvers = depset([files.symvers]),
        ),
        info,
    ]

def _module_infos(ctx, kernel, modules, sources, used_modules, stock_modules):
    """Describes each module of the project, as the target that kernel_module_from_kbuild declares for it."""
    infos = {}
    for module in order_modules(ctx.attr.modules, ctx.label):
        siblings = [infos[other] for other in ctx.attr.modules[module]]
        label = ctx.label if len(modules) == 1 else sibling(ctx.label, "{}_{}".format(ctx.label.name, module))
        infos[module] = KernelModuleInfo(
            dependencies = transitive_modules(siblings + used_modules),
            kernel = kernel,
            ko = modules[module].ko,
            label = label,
            module_name = kernel_name(module),
            sources = sources,
            stock_modules = stock_modules,
            stripped_ko = modules[module].stripped_ko,
            symvers = modules[module].symvers,
        )
    return infos

def _kbuild_project_impl(ctx):
    check_modules(ctx.attr.modules, ctx.label)
    check_make_variables(ctx.attr.make_vars, ctx.label)
    kernel = ctx.attr._kernel[0][KernelInfo]
    used_modules = check_module_deps(ctx.attr.module_deps, kernel, ctx.label)
    stock = stock_modules_of(ctx.attr.module_deps)
    sources = _sources(ctx)
    modules = {module: _declare_module(ctx, module) for module in ctx.attr.modules}
    outputs = [file for files in modules.values() for file in [files.ko, files.stripped_ko, files.symvers]]
    arguments = ["--directory=" + sources.directory] if sources.directory else []
    arguments += ["--make-var={}={}".format(name, value) for name, value in ctx.attr.make_vars.items()]
    arguments += ["--extra-symvers=" + module.symvers.path for module in used_modules]
    for module, files in modules.items():
        arguments.append("--built={}={}".format(module, files.ko.dirname))
        arguments += ["--uses={}={}".format(module, other) for other in ctx.attr.modules[module]]
    run_kbuild(
        ctx,
        kernel = kernel,
        mode = "project",
        sources = sources.files,
        arguments = arguments,
        inputs = depset([module.symvers for module in used_modules] + stock.listings),
        outputs = outputs,
        progress_message = "Building {} for {} with its own Makefiles".format(label_text(ctx.label), kernel.release),
    )
    for module, files in modules.items():
        write_sbom(
            ctx,
            kernel = kernel,
            output = files.sbom,
            module_name = module,
            sources = sources.files.values(),
            deps = [],
            ko = files.ko,
            stripped_ko = files.stripped_ko,
        )
    infos = _module_infos(
        ctx,
        kernel = kernel,
        modules = modules,
        sources = depset([file for file in sources.files.values() if file.extension in _SOURCE_EXTENSIONS]),
        stock_modules = stock.modules,
        used_modules = used_modules,
    )
    project = _KbuildProjectInfo(files = modules, modules = infos)
    if len(modules) == 1:
        return [project] + _module_providers(ctx, modules.values()[0], infos.values()[0])
    return [
        project,
        KernelModulesInfo(modules = tuple(infos.values())),
        DefaultInfo(files = depset(outputs)),
        OutputGroupInfo(
            ko = depset([files.ko for files in modules.values()]),
            sbom = depset([files.sbom for files in modules.values()]),
            stripped_ko = depset([files.stripped_ko for files in modules.values()]),
            symvers = depset([files.symvers for files in modules.values()]),
        ),
    ]

kbuild_project = rule(
    cfg = for_select_of_project,
    implementation = _kbuild_project_impl,
    attrs = dicts.add(KBUILD_ATTRS, SBOM_ATTRS, {
        "kbuild": attr.label(
            allow_single_file = True,
            doc = "The Makefile that kbuild reads first, such as `\"Kbuild\"`.",
            mandatory = True,
        ),
        "kernel": attr.label(
            doc = "The kernel to build for, such as `\"@debian12_amd64//:kernel\"`.",
        ),
        "make_vars": attr.string_dict(
            doc = "Variables for make, such as `{\"CONFIG_CARD_PCI\": \"m\"}`.",
        ),
        "module_deps": attr.label_list(
            cfg = on_kernel,
            doc = "Modules of other targets whose symbols the modules use, such as `[\":bus_ko\"]`.",
        ),
        "modules": attr.string_list_dict(
            doc = "The modules, each with those of the project that it uses, such as `{\"card-core\": [], \"card-pci\": [\"card-core\"]}`.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "Everything that kbuild reads, such as `glob([\"**\"])`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_kernel": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
    }),
    doc = "The modules of a project; kernel_module_from_kbuild.bzl documents it.",
)

def _kbuild_module_impl(ctx):
    project = ctx.attr.project[_KbuildProjectInfo]
    return _module_providers(ctx, project.files[ctx.attr.module], project.modules[ctx.attr.module])

kbuild_module = rule(
    implementation = _kbuild_module_impl,
    attrs = {
        "module": attr.string(
            doc = "The module's name, such as `card-pci`.",
            mandatory = True,
        ),
        "project": attr.label(
            doc = "The project, such as `\":card\"`.",
            mandatory = True,
            providers = [_KbuildProjectInfo],
        ),
    },
    doc = "One module of a project; kernel_module_from_kbuild.bzl documents it.",
    provides = [KernelModuleInfo],
)
