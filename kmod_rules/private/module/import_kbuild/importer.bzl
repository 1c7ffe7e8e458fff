# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule of the program import_kbuild, which a person runs for the chosen kernel."""

load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "repository_of")
load("//kmod_rules/private/base:launcher.bzl", "write_launcher")

def _importer_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    repository = repository_of(ctx.label)
    words = [
        ctx.executable.program.short_path,
        "--kernel-root=" + kernel.tree.short_path,
        "--kernel-build=" + kernel.build_directory,
        "--tools-root=" + kernel.tools.short_path,
        "--compiler=" + kernel.compiler,
        "--release=" + kernel.release,
        "--rules=" + ("@" + repository if repository else ""),
    ]
    return [DefaultInfo(
        executable = write_launcher(ctx, words),
        runfiles = ctx.runfiles([ctx.executable.program, kernel.tree, kernel.tools]),
    )]

importer = rule(
    implementation = _importer_impl,
    attrs = {
        "kernel": attr.label(
            default = Label("//kmod_rules:kernel"),
            doc = "The kernel that the modules are built for, such as `@debian12_amd64//:kernel`.",
            providers = [KernelInfo],
        ),
        "program": attr.label(
            cfg = "target",
            default = Label("//kmod_rules/private/module/import_kbuild:import_kbuild_program"),
            doc = "The program, such as `:import_kbuild_program`.",
            executable = True,
        ),
    },
    doc = "Starts import_kbuild with the chosen kernel.",
    executable = True,
)
