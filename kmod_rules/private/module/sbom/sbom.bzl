# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that writes a module's bill of materials."""

load("//kmod_rules/private/base:label_text.bzl", "label_text", "repository_of")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/base:workspace_path.bzl", "workspace_path")
load("//kmod_rules/private/module:library_sources.bzl", "LibrarySourcesInfo")

SBOM_ATTRS = {
    "_libstdcxx": attr.label(
        allow_single_file = True,
        default = Label("@kmod_freestanding_libstdcxx//:root"),
    ),
    "_write_sbom": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:write_sbom"),
        executable = True,
    ),
}

def _file_name(file):
    """Returns a path that is the same wherever the file was built."""
    if file.owner and repository_of(file.owner):
        return "external/{}/{}".format(repository_of(file.owner), workspace_path(file))
    return workspace_path(file)

def write_sbom(ctx, kernel, output, module_name, sources, deps, ko, stripped_ko):
    """Declares the action that writes an SPDX document about a module.

    Args:
      ctx: (ctx) of a rule that has SBOM_ATTRS, and LINK_OBJECTS_ATTRS if it has libraries.
      kernel: (KernelInfo) the kernel that the module is built for.
      output: (File) the document.
      module_name: (string) the module's name.
      sources: (list[File]) the C files that kbuild compiled.
      deps: (list[Target]) the module's libraries, with LibrarySourcesInfo.
      ko: (File) the module.
      stripped_ko: (File) the module without debug information.
    """
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--output=" + output.path)
    args.add("--name=" + module_name)
    args.add("--kernel=" + kernel.release)
    for attribute in ["version", "license"]:
        text = getattr(ctx.attr, attribute, "")
        if text:
            args.add("--{}={}".format(attribute, text))
    for file in [ko, stripped_ko]:
        args.add("--built={}={}".format(file.path, file.basename))
    libraries = depset(transitive = [dep[LibrarySourcesInfo].libraries for dep in deps]).to_list()
    inputs = [ko, stripped_ko] + sources
    for library in [struct(label = ctx.label, files = sources)] + libraries:
        args.add("--library=" + label_text(library.label))
        for file in library.files:
            args.add("--source={}={}".format(file.path, _file_name(file)))
            inputs.append(file)

    # First headers, whose inline functions are in the module, then tools.
    trees = [("header", kernel.tree), ("tool", kernel.tools)]
    if deps:
        trees += [("header", ctx.file._libstdcxx), ("tool", ctx.file._clang)]
    trees += depset(transitive = [dep[LibrarySourcesInfo].trees for dep in deps]).to_list()
    for role, tree in trees:
        args.add("--{}-tree={}".format(role, tree.path))
        inputs.append(tree)
    ctx.actions.run(
        executable = ctx.executable._write_sbom,
        arguments = [args],
        inputs = inputs,
        outputs = [output],
        env = {},
        mnemonic = "KmodSbom",
        progress_message = "Writing the bill of materials of kernel module {}".format(label_text(ctx.label)),
    )
