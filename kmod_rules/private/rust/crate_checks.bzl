# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What the rules of Rust refuse before they compile anything."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

EDITIONS = ["2015", "2018", "2021", "2024"]

_RULE = "the rule sets it. Remove it from rustc_flags."
_KERNEL = "the toolchain takes it from the kernel. Remove it from rustc_flags."
_LINK_TIME = "the kernel takes machine code and not what a compiler makes of a whole program. Remove it from rustc_flags."

# Beginnings of flags that a target cannot set, each with the reason.
_REFUSED = {
    "--crate-name": "the attribute crate_name sets it. Remove it from rustc_flags.",
    "--crate-type": _RULE,
    "--edition": "the attribute edition sets it. Remove it from rustc_flags.",
    "--emit": _RULE,
    "--extern": "the attribute deps says which crates there are. Remove it from rustc_flags.",
    "--out-dir": _RULE,
    "--sysroot": _RULE,
    "--target": _KERNEL,
    "--test": "a rust_unit_test compiles the tests. Remove it from rustc_flags.",
    "-Ccode-model": _KERNEL,
    "-Cforce-unwind-tables=y": "the kernel cannot unwind, and objtool makes its own tables. Remove it from rustc_flags.",
    "-Clinker": "the rule kernel_module links. Remove it from rustc_flags.",
    "-Clto": _LINK_TIME,
    "-Cno-redzone": _KERNEL,
    "-Cpanic": "the kernel cannot unwind: a panic ends in BUG. Remove it from rustc_flags, and return errors with Result.",
    "-Crelocation-model": _KERNEL,
    "-Csoft-float": _KERNEL,
    "-Ctarget-cpu=native": "then the module would run only on processors like that of the machine that builds it, and its bytes depend on that machine. Remove it from rustc_flags, or name a processor.",
    "-o": _RULE,
}

def joined_flags(flags):
    """Joins each option of rustc with its value: `-C panic=abort` becomes `-Cpanic=abort`.

    Args:
      flags: (list[string]) flags as the user wrote them, one word each.

    Returns:
      (list[string]) flags of one word.
    """
    joined = []
    pending = ""
    for flag in flags:
        if not pending and flag in ["-C", "-Z", "--codegen", "--cfg", "--crate-name", "--crate-type", "--edition", "--emit", "--extern", "--out-dir", "--sysroot", "--target"]:
            pending = {"--codegen": "-C"}.get(flag, flag if len(flag) == 2 else flag + "=")
            continue
        if flag.startswith("--codegen="):
            flag = "-C" + flag[len("--codegen="):]
        joined.append(pending + flag)
        pending = ""
    return joined + ([pending] if pending else [])

def forbidden_rustc_flag(flags):
    """Finds a flag that a target cannot set.

    Args:
      flags: (list[string]) flags of one word.

    Returns:
      (tuple) the flag and the reason, or None.
    """
    for flag in flags:
        # rustc takes both ways of writing a name.
        plain = "--" + flag[2:] if flag.startswith("--") else "-" + flag[1:].replace("_", "-")
        for refused, why in _REFUSED.items():
            if plain == refused or plain.startswith(refused if refused.startswith("-C") else refused + "="):
                return flag, why
    return None

def _is_crate_name(name):
    return name and not name[0].isdigit() and not [letter for letter in name.elems() if not (letter.isalnum() or letter == "_")]

def check_crate(ctx, crate_name, flags):
    """Refuses what cannot be compiled, by name.

    Args:
      ctx: (ctx) of the crate.
      crate_name: (string) its name in Rust.
      flags: (list[string]) its flags, of joined_flags().
    """
    where = label_text(ctx.label)
    if not _is_crate_name(crate_name):
        fail("{}: the crate's name \"{}\" is not one that Rust can have: letters, digits and _, and no digit first. Set crate_name.".format(where, crate_name))
    if ctx.attr.edition not in EDITIONS:
        fail("{}: edition is \"{}\". rustc 1.85 knows \"{}\".".format(where, ctx.attr.edition, "\", \"".join(EDITIONS)))
    for file in ctx.files.srcs:
        if file.basename == "build.rs" and file.dirname.endswith(ctx.label.package):
            fail("{}: srcs holds build.rs, which Cargo runs before it compiles a crate. A build here runs no program of a crate: remove it from srcs, make its files by a rule such as genrule, and set what it prints by crate_features and rustc_flags.".format(where))
    refused = forbidden_rustc_flag(flags)
    if refused:
        fail("{}: rustc_flags holds {}: {}".format(where, refused[0], refused[1]))

def find_crate_root(ctx, crate_name):
    """Finds the first file of a crate.

    Args:
      ctx: (ctx) of the crate.
      crate_name: (string) its name in Rust.

    Returns:
      (File) the root.
    """
    if ctx.file.crate_root:
        return ctx.file.crate_root
    files = [file for file in ctx.files.srcs if file.extension == "rs"]
    if len(files) == 1:
        return files[0]
    for name in ["lib.rs", crate_name + ".rs"]:
        found = [file for file in files if file.basename == name]
        if len(found) == 1:
            return found[0]
    fail("{}: srcs holds {} files of Rust, and none of them is called lib.rs or {}.rs. Set crate_root to the file that names the others with mod.".format(label_text(ctx.label), len(files), crate_name))
