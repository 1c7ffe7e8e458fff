# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Modules that kbuild makes by the kernel's top Makefile, and by the steps that the kernel's fetch recorded."""

load("@rules_cc//cc:defs.bzl", "cc_test")

_KERNEL = str(Label("//kmod_rules:kernel"))
_TOP_MAKEFILE = str(Label("//kmod_rules:top_makefile"))

def _both_ways_transition_impl(_settings, attr):
    return {
        "steps": {_KERNEL: attr.kernel, _TOP_MAKEFILE: False},
        "top_makefile": {_KERNEL: attr.kernel, _TOP_MAKEFILE: True},
    }

_both_ways_transition = transition(
    implementation = _both_ways_transition_impl,
    inputs = [],
    outputs = [_KERNEL, _TOP_MAKEFILE],
)

def _both_ways_impl(ctx):
    outputs = []
    for way, modules in ctx.split_attr.modules.items():
        for module in modules:
            for file in module[DefaultInfo].files.to_list():
                output = ctx.actions.declare_file("{}/{}/{}".format(ctx.label.name, way, file.basename))
                ctx.actions.symlink(output = output, target_file = file)
                outputs.append(output)
    return [DefaultInfo(files = depset(outputs), runfiles = ctx.runfiles(outputs))]

_both_ways = rule(
    implementation = _both_ways_impl,
    attrs = {
        "kernel": attr.string(
            doc = "The kernel to build for, such as `@debian12_amd64//:kernel`.",
            mandatory = True,
        ),
        "modules": attr.label_list(
            cfg = _both_ways_transition,
            doc = "The modules, such as `//hello:hello_ko`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    doc = "Builds modules in both ways, below NAME/steps and NAME/top_makefile.",
)

def both_ways_test(name, kernel, modules):
    """Declares a test that both ways give the same bytes.

    Args:
      name: (string) the test's name.
      kernel: (string) the kernel to build for.
      modules: (list[string]) the modules.
    """
    _both_ways(
        name = name + "_modules",
        kernel = kernel,
        modules = modules,
    )
    cc_test(
        name = name,
        size = "small",
        srcs = ["both_ways_test.cc"],
        args = ["{}/{}_modules".format(native.package_name(), name)],
        data = [":" + name + "_modules"],
        deps = [
            "//kmod_rules/private/base",
            "//kmod_rules/private/base:elf",
            "@kmod_googletest//:gtest",
        ],
    )
