# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A packaged project, built by kernel_module_from_kbuild and by kbuild alone, compared and loaded."""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("//kmod_rules:defs.bzl", "kernel_module_from_kbuild", "kernel_module_test")
load(":plain_kbuild.bzl", "plain_kbuild")

def same_code_test(name, project, srcs, kbuild, kernel = None, make_vars = {}, deps = [], tags = []):
    """Declares PROJECT_plain, which kbuild builds alone, and the test that compares its code with that of PROJECT.

    Args:
      name: (string) the test.
      project: (string) the target with the modules that rules_kmod builds.
      srcs: (list[label]) the files for kbuild.
      kbuild: (label) the Makefile that kbuild reads first.
      kernel: (label) the kernel; by default that of the build.
      make_vars: (dict[string, string]) variables for make.
      deps: (list[string]) the projects whose symbols the modules use.
      tags: (list[string]) tags of PROJECT_ko.
    """

    # kbuild alone keeps absolute paths, and //... has the same bytes anywhere.
    manual = tags + ["manual"]
    plain_kbuild(
        name = project + "_plain",
        srcs = srcs,
        kbuild = kbuild,
        kernel = kernel,
        make_vars = make_vars,
        tags = manual,
        deps = [dep + "_plain" for dep in deps],
    )
    native.filegroup(
        name = project + "_ko",
        srcs = [project],
        output_group = "ko",
        tags = tags,
    )
    cc_test(
        name = name,
        size = "small",
        args = [
            "$(rootpath :{}_plain)".format(project),
            "$(rootpaths :{}_ko)".format(project),
        ],
        data = [
            project + "_ko",
            project + "_plain",
        ],
        tags = manual,
        deps = ["//tests/real_modules:same_code"],
    )

def real_module(name, modules, srcs = None, kbuild = None, kernel = None, loaded = None, make_vars = {}, deps = [], tags = [], **kwargs):
    """Declares the project NAME, NAME_code_test, and NAME_load_test.

    Args:
      name: (string) the project, a target of `@kmod_real_modules`.
      modules: (list[string] or dict[string, list[string]]) its modules, of kernel_module_from_kbuild.
      srcs: (list[label]) its files, if they are not those of that target.
      kbuild: (label) the Makefile that kbuild reads first, if it is not NAME_kbuild.
      kernel: (label) the kernel, such as `"@debian12_amd64//:kernel"`; the default kernel is a small one.
      loaded: (list[string]) the modules that the VM loads; others need hardware. None for all, an empty list for none.
      make_vars: (dict[string, string]) variables for make.
      deps: (list[string]) the projects whose symbols the modules use.
      tags: (list[string]) tags of all targets; `manual` if it takes long.
      **kwargs: attributes of the VM test, such as `allow`.
    """
    srcs = srcs or ["@kmod_real_modules//:" + name]
    kbuild = kbuild or "@kmod_real_modules//:{}_kbuild".format(name)
    kernel_module_from_kbuild(
        name = name,
        srcs = srcs,
        features = ["-treat_warnings_as_errors"],
        kbuild = kbuild,
        kernel = kernel,
        make_vars = make_vars,
        module_deps = deps,
        modules = modules,
        tags = tags,
    )

    same_code_test(
        name = name + "_code_test",
        srcs = srcs,
        kbuild = kbuild,
        kernel = kernel,
        make_vars = make_vars,
        project = name,
        tags = tags,
        deps = deps,
    )
    names = list(modules) if loaded == None else loaded
    if names:
        kernel_module_test(
            name = name + "_load_test",
            size = "small",
            kernel = kernel,
            modules = {":{}_{}".format(name, module): "" for module in names},
            tags = tags,
            **kwargs
        )
