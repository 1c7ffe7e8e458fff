# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The actions that compile a kernel_c_library: once for all modules, and for each module under its name."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "run_kbuild")

KernelCSourcesInfo = provider(
    doc = "The C of a kernel_c_library, for modules that compile it for themselves.",
    fields = {
        "arguments": "(tuple[string]) Flags of run_kbuild.",
        "inputs": "(depset[File]) The files that they name, and headers of other libraries.",
        "label": "(Label) The library.",
        "objects": "(tuple[File]) Objects that are compiled already.",
        "sources": "(tuple[tuple]) Pairs of a name in kbuild's directory and the File.",
        "warnings_as_errors": "(bool) Whether warnings fail the library.",
    },
)

def compile_c_library(ctx, kernel, library, module_name = None):
    """Declares the action that compiles the C of a library.

    Args:
      ctx: (ctx) of the library or of the module, with KBUILD_ATTRS.
      kernel: (KernelInfo) the kernel to compile for.
      library: (KernelCSourcesInfo) the library.
      module_name: (string) the module that compiles the library for itself, or None.

    Returns:
      (list[File]) the library's objects.
    """
    folder = "_kbuild/" + ctx.label.name
    if module_name:
        parts = [folder, library.label.workspace_name, library.label.package, library.label.name]
        folder = "/".join([part for part in parts if part])
    arguments = ["--module=" + module_name] if module_name else []
    objects = []
    for name, source in library.sources:
        if source.extension not in ["c", "S"]:
            continue
        stem = name[:-2]
        object = ctx.actions.declare_file("{}/{}.o".format(folder, stem))
        arguments.append("--output-object={}.o={}".format(stem, object.path))
        objects.append(object)
    if objects:
        run_kbuild(
            ctx,
            kernel = kernel,
            mode = "objects",
            sources = dict(library.sources),
            arguments = arguments + list(library.arguments),
            inputs = library.inputs,
            label = library.label,
            outputs = objects,
            progress_message = "Compiling {} for {}{} with kbuild".format(
                label_text(library.label),
                "the module {} and ".format(module_name) if module_name else "",
                kernel.release,
            ),
            warnings_as_errors = library.warnings_as_errors,
        )
    return objects + list(library.objects)

def compile_c_libraries(ctx, kernel, module_name, libraries):
    """Compiles, for one module, the C of the libraries that it uses.

    Args:
      ctx: (ctx) of the module.
      kernel: (KernelInfo) the module's kernel.
      module_name: (string) the module's name.
      libraries: (depset[KernelCSourcesInfo]) the libraries.

    Returns:
      (dict[Label, list[File]]) their objects.
    """
    return {
        library.label: compile_c_library(ctx, kernel, library, module_name)
        for library in libraries.to_list()
    }
