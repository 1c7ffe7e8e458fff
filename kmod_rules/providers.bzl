# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The providers of rules_kmod."""

KernelInfo = provider(
    doc = "A kernel that modules are built for.",
    fields = {
        "build_directory": "(string) The kernel's build directory below `tree`; it holds .config.",
        "compiler": "(string) The C compiler that built the kernel, a program in usr/bin of `tools`.",
        "cxx_flags": "(tuple[string]) What kbuild compiles C with, translated to Clang's flags for C++.",
        "label": "(Label) The kernel's target, for error messages.",
        "objtool_args": "(tuple[string]) The options that kbuild runs objtool with.",
        "release": "(string) What `uname -r` says on the kernel.",
        "symvers": "(File) Module.symvers of `tree`, by itself.",
        "tools": "(File) The tree with the C compiler, binutils, make and the shell, a source directory.",
        "tree": "(File) The tree with headers and kbuild, a source directory.",
    },
)

KernelModuleInfo = provider(
    doc = "A kernel module.",
    fields = {
        "dependencies": "(depset[KernelModuleInfo]) The modules that have to be loaded before it, each behind those that it needs itself.",
        "kernel": "(KernelInfo) The kernel that the module was built for.",
        "ko": "(File) The module with debug information.",
        "label": "(Label) The module's target, for error messages.",
        "module_name": "(string) The module's name, as lsmod shows it.",
        "sources": "(depset[File]) The C and C++ files, headers included, that the module was compiled from, for reports.",
        "stripped_ko": "(File) The module without debug information, which is what one installs.",
        "symvers": "(File) Module.symvers: the symbols that the module exports, with their versions.",
    },
)
