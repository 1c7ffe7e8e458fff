# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that runs kbuild in a sandbox, with an environment that is stated in full."""

load("@bazel_skylib//rules:common_settings.bzl", "BuildSettingInfo")
load("//kmod_rules/private/base:label_text.bzl", "canonical_roots", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

# Bazel's usual name. As with kbuild, a warning fails nothing unless the user asks for it: with
# --features, with the attribute `features`, or with the package's features.
_WARNINGS_AS_ERRORS = "treat_warnings_as_errors"

KBUILD_ATTRS = {
    "_run_kbuild": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:run_kbuild"),
        executable = True,
    ),
    "_top_makefile": attr.label(
        default = Label("//kmod_rules:top_makefile"),
        providers = [BuildSettingInfo],
    ),
}

def has_warnings_as_errors(ctx):
    """Says whether warnings fail the actions of a target.

    Args:
      ctx: (ctx) of the target.

    Returns:
      (bool) whether the feature `treat_warnings_as_errors` is on.
    """
    return _WARNINGS_AS_ERRORS in ctx.features

def run_kbuild(ctx, kernel, mode, sources, arguments, inputs, outputs, progress_message, label = None, warnings_as_errors = None):
    """Declares an action that runs kbuild.

    Args:
      ctx: (ctx) of a rule that has KBUILD_ATTRS.
      kernel: (KernelInfo) the kernel to build for.
      mode: (string) `module` for a .ko, `objects` for objects of C sources, `project` for what the Makefiles among
        the sources say, `probes` for a header that says which C sources compile.
      sources: (dict[string, File]) from names in kbuild's directory to the files.
      arguments: (list[string]) further flags of run_kbuild.
      inputs: (depset[File]) the files that `arguments` names, and headers.
      outputs: (list[File]) the outputs of the action.
      progress_message: (string) the message that Bazel shows while the action runs.
      label: (Label) the target that the sources belong to, for messages, if it is not that of `ctx`.
      warnings_as_errors: (bool) whether warnings fail the action; by default what the features of `ctx` say.
    """
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--label={}".format(label_text(label or ctx.label)))
    args.add("--mode=" + mode)
    args.add("--kernel-root=" + kernel.tree.path)
    args.add("--kernel-build=" + kernel.build_directory)
    files = [kernel.tree, kernel.tools]
    if not kernel.symvers.is_source:
        args.add("--kernel-symvers=" + kernel.symvers.path)
        files.append(kernel.symvers)
    args.add("--tools-root=" + kernel.tools.path)
    args.add("--cc=" + kernel.compiler)
    if warnings_as_errors == None:
        warnings_as_errors = has_warnings_as_errors(ctx)
    if warnings_as_errors:
        args.add("--warnings-as-errors=1")

    if ctx.attr._top_makefile[BuildSettingInfo].value:
        args.add("--top-makefile=1")

    if mode in ["project", "probes"]:
        # The Makefiles of a project say how objtool runs, as without Bazel; probes do not run.
        pass
    elif kernel.delays_objtool:
        # So objtool runs over the linked module with its C++, instead of over each C object.
        args.add("--make-var=delay-objtool=y")
    elif mode == "objects":
        # They become part of an object with C++, and objtool refuses one that it has seen in part.
        args.add("--make-var=OBJECT_FILES_NON_STANDARD=y")
    else:
        args.add_all(kernel.objtool_args, format_each = "--objtool-arg=%s")
    for name, source in sources.items():
        args.add("--source={}={}".format(source.path, name))
    roots = canonical_roots([Label("//kmod_rules:defs.bzl")] + [source.owner for source in sources.values()])
    for root, name in roots.items():
        args.add("--path-name={}={}".format(root, name))
    args.add_all(arguments)
    ctx.actions.run(
        executable = ctx.executable._run_kbuild,
        arguments = [args],
        inputs = depset(sources.values() + files, transitive = [inputs]),
        outputs = outputs,
        env = {},
        mnemonic = "Kbuild",
        progress_message = progress_message,
    )
