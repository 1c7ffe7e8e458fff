# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_module."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo", "KernelModuleInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "for_select", "in_kernel", "on_kernel")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "run_kbuild")
load("//kmod_rules/private/module/link:link_objects.bzl", "LINK_OBJECTS_ATTRS", "demangler", "link_objects")
load("//kmod_rules/private/module/sbom:sbom.bzl", "SBOM_ATTRS", "write_sbom")
load(":c_library_objects.bzl", "compile_c_libraries")
load(":c_sources.bzl", "C_SOURCE_ATTRS", "c_sources", "package_path")
load(":check_exceptions.bzl", "UnwindingLibrariesInfo", "check_exceptions")
load(":library_sources.bzl", "LibrarySourcesInfo", "collect_library_sources")
load(":license.bzl", "check_license", "is_gpl_compatible")
load(":module_deps.bzl", "check_module_deps", "stock_modules_of", "transitive_modules")
load(":module_exports.bzl", "EXPORT_ATTRS", "check_exports", "export_source")
load(":module_name.bzl", "check_module_name", "kernel_name", "output_folder")
load(":module_parameter.bzl", "parse_parameter")
load(":module_source.bzl", "module_source")

# Attributes that make the rule generate C beside that of srcs.
_GENERATING = ["author", "description", "exports", "exports_gpl", "import_ns", "license", "parameters", "version"]

def _check_sources(ctx):
    if ctx.attr.srcs:
        return
    if not ctx.attr.deps:
        fail("{}: there is nothing to build: give C++ libraries in deps, C files in srcs, or both.".format(label_text(ctx.label)))
    elif not ctx.attr.license:
        fail("{}: license is missing. Without srcs the module's C file is generated, and a module without a license taints the kernel. Add for example license = \"Dual MIT/GPL\".".format(label_text(ctx.label)))

def _check_deps(ctx):
    for dep in ctx.attr.deps:
        if CcInfo not in dep:
            fail("{}: deps holds {}, which is not a C or C++ library. deps takes cc_library and kernel_c_library targets; C files go into srcs.".format(label_text(ctx.label), label_text(dep.label)))
        for library in dep[UnwindingLibrariesInfo].libraries.to_list():
            fail("{}: {} is compiled with {}, and {}".format(label_text(ctx.label), label_text(library.label), library.flag, library.why))

def _check_toolchain_resolution(ctx):
    # Later versions of Bazel always choose by platform and do not have the function.
    enabled = getattr(cc_common, "is_cc_toolchain_resolution_enabled_do_not_use", None)
    if enabled and not enabled(ctx = ctx):
        fail("{}: the host's toolchain would compile its C++, because this Bazel does not choose C++ toolchains by platform. Add this line to .bazelrc: build --incompatible_enable_cc_toolchain_resolution".format(label_text(ctx.label)))

def _generated_sources(ctx, module_name, parameters):
    """Declares the C file that has what the attributes say, and for C++ the entry points and the module's name."""
    main = not ctx.files.srcs
    if not main and not ctx.attr.deps and not [name for name in _GENERATING if getattr(ctx.attr, name)]:
        return {}
    if ctx.attr.license:
        check_license(ctx.attr.license, ctx.label)
    kind = "main" if main else "name"
    source = ctx.actions.declare_file("{}.mod-{}.c".format(ctx.label.name, kind))
    ctx.actions.write(source, module_source(
        label = ctx.label,
        license = ctx.attr.license,
        author = ctx.attr.author,
        description = ctx.attr.description,
        entry_points = main,
        exports = export_source(
            ctx.attr.exports,
            ctx.attr.exports_gpl,
            ctx.attr.export_ns,
            [package_path(ctx.label, header) for header in ctx.files.export_hdrs],
        ),
        import_ns = ctx.attr.import_ns,
        parameters = parameters,
        version = ctx.attr.version,
    ))
    return {"{}-{}.c".format(module_name, kind): source}

def _kernel_module_impl(ctx):
    module_name = ctx.attr.module_name or ctx.label.name
    check_module_name(module_name, ctx.label)
    _check_sources(ctx)
    _check_deps(ctx)
    check_exports(ctx.attr.exports, ctx.attr.exports_gpl, ctx.attr.export_ns, bool(ctx.files.export_hdrs), ctx.label)
    kernel = ctx.attr._kernel[0][KernelInfo]
    used_modules = check_module_deps(ctx.attr.module_deps, kernel, ctx.label)
    stock = stock_modules_of(ctx.attr.module_deps)

    parameters = [
        parse_parameter(name, declaration, ctx.label)
        for name, declaration in ctx.attr.parameters.items()
    ]
    c = c_sources(
        ctx,
        generated = _generated_sources(ctx, module_name, parameters),
        headers = ctx.files.export_hdrs,
        # Other generated C includes no headers of libraries, so it does not depend on them.
        deps = ctx.attr.deps if ctx.files.srcs or ctx.files.export_hdrs else [],
    )
    arguments = ["--module=" + module_name] + c.arguments
    arguments += ["--object=" + object.path for object in c.objects]
    exports = ctx.attr.exports + ctx.attr.exports_gpl
    arguments += ["--export=" + name for name in exports]
    arguments += ["--export-header=" + header.path for header in ctx.files.export_hdrs]
    arguments += ["--extra-symvers=" + module.symvers.path for module in used_modules]
    inputs = c.objects + [module.symvers for module in used_modules] + stock.listings
    sources = dict(c.compiled)
    if ctx.attr.deps:
        _check_toolchain_resolution(ctx)
        linked = link_objects(
            ctx,
            kernel,
            ctx.attr.deps,
            own_objects = compile_c_libraries(
                ctx,
                kernel,
                module_name,
                depset(transitive = [dep[LibrarySourcesInfo].c_libraries for dep in ctx.attr.deps]),
            ),
            entry = None if ctx.attr.srcs else "init_module",
            exports = exports,
        )
        arguments += [
            "--object=" + linked.object.path,
            "--references=" + linked.references.path,
            "--demangler=" + demangler(ctx),
        ]
        sources.update(linked.sources)
        inputs += [linked.object, linked.references] + ctx.files._demangler_files

    arguments += ["--parameter={}={}".format(p.name, p.type) for p in parameters]

    # With C sources, the license is in the C code, and modpost finds it there.
    if ctx.attr.license:
        arguments.append("--gpl-compatible={}".format(1 if is_gpl_compatible(ctx.attr.license) else 0))

    folder = output_folder(ctx.label.name, module_name, own_kernel = bool(ctx.attr.kernel))
    ko = ctx.actions.declare_file(folder + module_name + ".ko")
    stripped_ko = ctx.actions.declare_file(folder + module_name + ".stripped.ko")
    symvers = ctx.actions.declare_file(folder + module_name + ".Module.symvers")
    run_kbuild(
        ctx,
        kernel = kernel,
        mode = "module",
        sources = sources,
        arguments = arguments + [
            "--output-ko=" + ko.path,
            "--output-stripped=" + stripped_ko.path,
            "--output-symvers=" + symvers.path,
        ],
        inputs = depset(inputs, transitive = [c.inputs]),
        outputs = [ko, stripped_ko, symvers],
        progress_message = "Building kernel module {} for {} with kbuild".format(ko.short_path, kernel.release),
    )
    sbom = ctx.actions.declare_file(folder + module_name + ".spdx.json")
    write_sbom(
        ctx,
        kernel = kernel,
        output = sbom,
        module_name = module_name,
        sources = c.files,
        deps = ctx.attr.deps,
        ko = ko,
        stripped_ko = stripped_ko,
    )
    return [
        DefaultInfo(
            files = depset([ko, stripped_ko, symvers]),
            runfiles = ctx.runfiles([stripped_ko]),
        ),
        OutputGroupInfo(
            ko = depset([ko]),
            sbom = depset([sbom]),
            stripped_ko = depset([stripped_ko]),
            symvers = depset([symvers]),
        ),
        KernelModuleInfo(
            dependencies = transitive_modules(used_modules),
            kernel = kernel,
            ko = ko,
            label = ctx.label,
            module_name = kernel_name(module_name),
            sources = depset([file for file in c.files if file not in c.objects], transitive = [dep[LibrarySourcesInfo].sources for dep in ctx.attr.deps]),
            stock_modules = stock.modules,
            stripped_ko = stripped_ko,
            symvers = symvers,
        ),
    ]

kernel_module = rule(
    cfg = for_select,
    implementation = _kernel_module_impl,
    attrs = dicts.add(C_SOURCE_ATTRS, EXPORT_ATTRS, KBUILD_ATTRS, LINK_OBJECTS_ATTRS, SBOM_ATTRS, {
        "author": attr.string(
            doc = "The argument of MODULE_AUTHOR, such as `\"Ada Lovelace <ada@example.org>\"`. Beside `srcs`, it must not be in the C as well.",
        ),
        "deps": attr.label_list(
            aspects = [check_exceptions, collect_library_sources],
            cfg = in_kernel,
            doc = "The module's C++: ordinary `cc_library` targets, such as `[\":hello\"]`. They are built for the platform of the module's kernel.",
        ),
        "description": attr.string(
            doc = "The argument of MODULE_DESCRIPTION, such as `\"Greets from C++\"`. Beside `srcs`, it must not be in the C as well.",
        ),
        "import_ns": attr.string_list(
            doc = "Namespaces of symbols that the module uses, such as `[\"CRYPTO_INTERNAL\"]`: MODULE_IMPORT_NS.",
        ),
        "kernel": attr.label(
            doc = "The kernel to build for, such as `\"@debian12_amd64//:kernel\"`, instead of the one that `--//kmod_rules:kernel` chooses. The outputs are then in a folder with the target's name in any case, so that one package can build a module for several kernels.",
        ),
        "license": attr.string(
            doc = "The argument of MODULE_LICENSE, such as `\"Dual MIT/GPL\"`. Required without `srcs`. Beside `srcs`, it must not be in the C as well.",
        ),
        "module_deps": attr.label_list(
            cfg = on_kernel,
            doc = "The `kernel_module` and `kernel_module_import` targets whose exported symbols this module uses, such as `[\":bus_ko\"]`. The kernel must load them before this module; tests and `depmod` do that. The kernel's own modules are found without it; a `stock_module` names one of which the module uses no symbol.",
        ),
        "module_name": attr.string(
            doc = "The name of the module's file without `.ko`, such as `\"hello\"`. The default is the target's name. Several targets of a package can build modules of one name: the outputs of a target whose name is neither `NAME` nor `NAME_ko` are in a folder with the target's name. The kernel knows a module `dm-example` as `dm_example`.",
        ),
        "parameters": attr.string_dict(
            doc = "The module's parameters, such as `{\"times\": module_parameter(\"int\", default = 1)}`. Beside `srcs`, it must not be in the C as well.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "C and assembler files that kbuild compiles against the kernel's headers, their own headers, and objects that are compiled already (`.o`, `.o_shipped`), such as `[\"a.c\", \"b/b.c\", \"b/b.h\", \"b/fast.S\"]`. C includes headers by the path from the package or from the workspace's root, those of `deps` too. Without `srcs`, the rule generates a C file with the license, the description and the parameters, and `KMOD_MODULE` of `kmod/module.h` defines the entry points.",
        ),
        "version": attr.string(
            doc = "The argument of MODULE_VERSION, such as `\"1.2\"`. Beside `srcs`, it must not be in the C as well.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_kernel": attr.label(
            cfg = in_kernel,
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
    }),
    fragments = ["cpp"],
    provides = [KernelModuleInfo],
    doc = """Builds a Linux kernel module from C++, from C, or from both.

C++ comes from `deps`, C from `srcs`. The freestanding toolchain compiles the C++ with the kernel's
flags and links it into one object. kbuild compiles the C, runs objtool over C and C++, and links the
module.

The outputs are `NAME.ko` with debug information, `NAME.stripped.ko` without it, and
`NAME.Module.symvers`. Each is also an output group: `ko`, `stripped_ko`, `symvers`. The output group `sbom`
is `NAME.spdx.json`, an SPDX 2.3 document that lists everything the module was made from. Bazel builds it
only on request (`--output_groups=sbom`).

```
cc_library(
    name = "hello",
    srcs = ["hello.cc"],
    deps = ["@rules_kmod//runtime"],
)

kernel_module(
    name = "hello_ko",
    description = "Greets from C++",
    license = "Dual MIT/GPL",
    module_name = "hello",
    parameters = {"times": module_parameter("int", default = 1)},
    deps = [":hello"],
)
```
""",
)
