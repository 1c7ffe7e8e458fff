# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that compiles a crate of Rust."""

load("//kmod_rules/private/base:label_text.bzl", "canonical_roots", "label_text", "repository_of")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")

RUSTC_ATTRS = {
    "_compile_crate": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:compile_crate"),
        executable = True,
    ),
}

# Where the compiler and core are in their trees.
RUSTC = "usr/bin/rustc"
LIBRARY_SOURCES = "usr/src/rustc-1.85.0/library"

def run_rustc(ctx, toolchain, name, crate_name, root, edition, srcs, outputs, direct = [], dependencies = depset(), flags = [], link_inputs = []):
    """Declares the action Rustc, which compiles one crate.

    Args:
      ctx: (ctx) of a rule that has RUSTC_ATTRS.
      toolchain: (RustToolchainInfo) the compiler, and whom it compiles for.
      name: (string) what is compiled, for people.
      crate_name: (string) the crate's name in Rust.
      root: (string) the path of the crate's first file.
      edition: (string) the edition of Rust, such as `"2021"`.
      srcs: (list[File]) the crate's files.
      outputs: (dict[string, File]) kinds of rustc's `--emit` to files.
      direct: (list[struct]) the crates that the sources name, as RustCrateInfo.crate.
      dependencies: (depset[struct]) all crates that these use.
      flags: (list[string]) more flags of rustc.
      link_inputs: (list[File]) files that these name.
    """
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--rustc=" + toolchain.rustc)
    args.add("--scratch={}.scratch".format(outputs.values()[0].path))
    args.add("--label=" + label_text(ctx.label))
    args.add("--crate=" + crate_name)
    args.add("--root=" + root)
    rustc = [
        "--crate-name=" + crate_name,
        "--edition=" + edition,
        # Two crates of one name differ, and are the same in every checkout.
        "-Cmetadata=" + label_text(ctx.label),
        "-Ccodegen-units=1",
        "-Csymbol-mangling-version=v0",
        "-Zremap-cwd-prefix=.",
        "-Zunstable-options",
        "--color=never",
        "--emit=" + ",".join(["{}={}".format(kind, file.path) for kind, file in outputs.items()]),
    ]
    roots = canonical_roots([file.owner for file in srcs if file.owner])
    rustc += ["--remap-path-prefix={}={}".format(path, text) for path, text in roots.items()]
    rustc += list(toolchain.flags)
    for crate in toolchain.crates:
        rustc.append("--extern=noprelude:{}={}".format(crate.name, crate.library.path) if crate.name != "core" else "--extern=core=" + crate.library.path)
    rustc += ["--extern={}={}".format(crate.name, crate.library.path) for crate in direct]
    used = dependencies.to_list()
    directories = {crate.library.dirname: None for crate in used}
    rustc += ["-Ldependency=" + directory for directory in directories]
    if repository_of(ctx.label):
        # Who uses somebody's library cannot mend its warnings.
        rustc.append("--cap-lints=warn")
    args.add_all(rustc + flags, format_each = "--flag=%s")
    ctx.actions.run(
        executable = ctx.executable._compile_crate,
        arguments = [args],
        inputs = depset(
            srcs + link_inputs + [crate.library for crate in list(toolchain.crates) + direct + used],
            transitive = [toolchain.inputs],
        ),
        outputs = outputs.values(),
        env = {},
        mnemonic = "Rustc",
        progress_message = "Compiling Rust crate {}".format(name),
    )
