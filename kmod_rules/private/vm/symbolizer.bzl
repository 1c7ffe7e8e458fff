# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The programs and files with which vm_runner shows functions and lines of modules in a crash report."""

SYMBOLS_ATTRS = {
    "_demangler": attr.label(
        allow_single_file = True,
        default = Label("@kmod_clang//:root"),
    ),
    "_demangler_files": attr.label(
        default = Label("@kmod_clang//:demangler"),
    ),
    "_symbolizer": attr.label(
        allow_single_file = True,
        default = Label("@kmod_symbolizer//:root"),
    ),
    "_symbolizer_files": attr.label(
        default = Label("@kmod_symbolizer//:addr2line"),
    ),
}

def symbol_options(ctx, kernel, modules):
    """Returns the flags of vm_runner that name the symbolizer and the modules' debug information.

    Args:
      ctx: (ctx) of a rule that has SYMBOLS_ATTRS.
      kernel: (KernelInfo) the kernel that the modules are built for.
      modules: (list[KernelModuleInfo]) the modules.

    Returns:
      (list[string]) flags, with paths relative to the runfiles directory.
    """
    return [
        "--symbolizer={}/usr/bin/x86_64-linux-gnu-addr2line".format(ctx.file._symbolizer.short_path),
        "--demangler={}/usr/bin/llvm-cxxfilt-19".format(ctx.file._demangler.short_path),
        "--kernel-build-directory=/" + kernel.build_directory,
    ] + [
        "--symbols={}:{}".format(module.module_name, module.ko.short_path)
        for module in modules
    ]

def symbol_runfiles(ctx, modules):
    """Returns the files that symbol_options() names, and the sources of the modules.

    Args:
      ctx: (ctx) of a rule that has SYMBOLS_ATTRS.
      modules: (list[KernelModuleInfo]) the modules.

    Returns:
      (runfiles)
    """
    return ctx.runfiles(
        ctx.files._demangler_files + ctx.files._symbolizer_files + [module.ko for module in modules],
        transitive_files = depset(transitive = [module.sources for module in modules]),
    )
