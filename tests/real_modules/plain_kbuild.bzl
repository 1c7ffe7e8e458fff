# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The modules of a project as kbuild makes them without rules_kmod, to compare with."""

load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:workspace_path.bzl", "workspace_path")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "on_kernel")

# Only make, with the project's files in a directory, as a person calls it.
_SCRIPT = """set -e
export PATH="$PWD/{tools}/usr/bin" LC_ALL=C HOME=/ TMPDIR="$PWD/{output}"
root="$PWD"
work="$PWD/{output}.work"
rm -rf "$work"
while read -r file name; do
  mkdir -p "$work/${{name%/*}}"
  cp -L "$file" "$work/$name"
  chmod u+wx "$work/$name"
done < "{list}"
M="$work/{directory}"
cd "$M"
if ! make -C "$root/{tree}/{build}" M="$M" PWD="$M" CC={compiler} CONFIG_SHELL=sh SHELL="$root/{tools}/usr/bin/sh" {variables} {symvers} modules > log 2>&1; then
  cat log >&2
  exit 1
fi
find "$work" -name '*.ko' -exec cp {{}} "$root/{output}" ';'
cp Module.symvers "$root/{output}"
cd "$root"
rm -rf "$work"
"""

def _plain_kbuild_impl(ctx):
    kernel = ctx.attr._kernel[0][KernelInfo]
    output = ctx.actions.declare_directory(ctx.label.name)
    names = ctx.actions.declare_file(ctx.label.name + ".files")
    ctx.actions.write(names, "".join(["{} {}\n".format(file.path, workspace_path(file)) for file in ctx.files.srcs]))
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(script, _SCRIPT.format(
        build = kernel.build_directory,
        compiler = kernel.compiler,
        directory = workspace_path(ctx.file.kbuild).rpartition("/")[0],
        list = names.path,
        output = output.path,
        symvers = "KBUILD_EXTRA_SYMBOLS=\"{}\"".format(" ".join(["$root/{}/Module.symvers".format(dep.path) for dep in ctx.files.deps])) if ctx.files.deps else "",
        tools = kernel.tools.path,
        tree = kernel.tree.path,
        variables = " ".join(["'{}={}'".format(name, value) for name, value in ctx.attr.make_vars.items()]),
    ))
    ctx.actions.run(
        executable = kernel.tools.path + "/usr/bin/sh",
        arguments = [script.path],
        inputs = ctx.files.srcs + ctx.files.deps + [kernel.tree, kernel.tools, names, script],
        outputs = [output],
        env = {},
        mnemonic = "PlainKbuild",
        progress_message = "Building {} for {} with kbuild alone".format(ctx.label.name, kernel.release),
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

plain_kbuild = rule(
    implementation = _plain_kbuild_impl,
    attrs = {
        "deps": attr.label_list(
            doc = "Other targets of this rule whose symbols the modules use, such as `[\":jool_common_plain\"]`.",
        ),
        "kbuild": attr.label(
            allow_single_file = True,
            doc = "The Makefile that kbuild reads first, such as `\"@kmod_real_modules//:jool_kbuild\"`.",
            mandatory = True,
        ),
        "kernel": attr.label(
            doc = "The kernel, such as `\"@debian12_amd64//:kernel\"`.",
        ),
        "make_vars": attr.string_dict(
            doc = "Variables for make, such as `{\"HDAPS\": \"1\"}`.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "The project's files, such as `[\"@kmod_real_modules//:jool\"]`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_kernel": attr.label(
            cfg = on_kernel,
            default = "//kmod_rules:kernel",
            providers = [KernelInfo],
        ),
    },
    doc = "Has kbuild build the modules of a project, without a program of rules_kmod.",
)
