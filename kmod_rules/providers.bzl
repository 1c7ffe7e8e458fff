# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The providers of rules_kmod."""

KernelInfo = provider(
    doc = "A kernel that modules are built for.",
    fields = {
        "build_directory": "(string) The kernel's build directory below `tree`; it holds Makefile and Module.symvers.",
        "compiler": "(string) The C compiler that built the kernel, a program in usr/bin of `tools`.",
        "cxx_flags": "(tuple[string]) Clang's flags for C++, translated from those with which kbuild compiles C.",
        "delays_objtool": "(bool) Whether kbuild can run objtool over a linked module.",
        "label": "(Label) The kernel's target, for error messages.",
        "objtool_args": "(tuple[string]) The arguments that kbuild runs objtool with.",
        "release": "(string) The kernel's release, which `uname -r` prints.",
        "symvers": "(File) Module.symvers: of `tree`, for actions that need only this file, or, for a kernel that an action builds, a file of its own.",
        "tools": "(File) The tree with the C compiler, binutils, make and the shell: a source directory.",
        "tree": "(File) The tree with headers and kbuild: a source directory.",
    },
)

KernelModuleInfo = provider(
    doc = "A kernel module.",
    fields = {
        "dependencies": "(depset[KernelModuleInfo]) The modules that must be loaded before it, each after those that it depends on.",
        "kernel": "(KernelInfo) The kernel that the module was built for.",
        "ko": "(File) The module with debug information.",
        "label": "(Label) The module's target, for error messages.",
        "module_name": "(string) The module's name, as lsmod shows it.",
        "sources": "(depset[File]) The C and C++ files, headers included, that the module was compiled from, for reports.",
        "stock_modules": "(depset[StockModuleInfo]) The kernel's own modules that it, or a module that it depends on, names in `module_deps`.",
        "stripped_ko": "(File) The module without debug information, for installation.",
        "symvers": "(File) Module.symvers: the symbols that the module exports, with their versions.",
    },
)

KernelModulesInfo = provider(
    doc = "Several kernel modules that one target builds.",
    fields = {
        "modules": "(tuple[KernelModuleInfo]) The modules, each after those that it uses.",
    },
)

KernelOptionsInfo = provider(
    doc = "How a kernel is configured.",
    fields = {
        "options": "(dict[string, string]) The options that are set, such as CONFIG_MODULES, to their values.",
    },
)

StockModuleInfo = provider(
    doc = "A module of the packages of a kernel itself, named by a target.",
    fields = {
        "label": "(Label) The target, for error messages.",
        "listing": "(File) The files that modprobe loads for it; None if the kernel is declared without its modules.",
        "module": "(string) Its name or alias.",
    },
)

StockModulesInfo = provider(
    doc = "The modules of the packages of a kernel itself.",
    fields = {
        "directory": "(File) Their directory lib/modules/RELEASE, a source directory; None if the kernel is declared without it.",
        "index": "(File) The directory of the files that depmod wrote for it; None without `directory`.",
    },
)
