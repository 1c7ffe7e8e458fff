# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What rules of Rust know of a crate and of the compiler."""

RustCrateInfo = provider(
    doc = "A crate of Rust.",
    fields = {
        "crate": "(struct) `name`, its name in Rust, and `library` (File), what rustc reads where another crate uses it.",
        "dependencies": "(depset[struct]) The crates that it uses, and those that these use, each as `crate`.",
        "direct": "(tuple[struct]) The crates that its sources name, each as `crate`.",
        "sources": "(struct) What compiles it once more, for its unit tests: `data`, `edition`, `flags`, `root` and `srcs`.",
        "trees": "(tuple[tuple]) Pairs of the role in a bill of materials, `tool` or `header`, and the tree (File).",
    },
)

RustToolchainInfo = provider(
    doc = "What compiles Rust for a kernel or for the host.",
    fields = {
        "alloc": "(struct) The crate alloc, as RustCrateInfo.crate; None if rustc finds it in its sysroot.",
        "crates": "(tuple[struct]) The crates that every crate uses, each as RustCrateInfo.crate.",
        "extension": "(string) The extension of a compiled crate, `rmeta` beside an object or `rlib` with it.",
        "flags": "(tuple[string]) Flags of rustc.",
        "in_kernel": "(bool) Whether the code runs in a kernel.",
        "inputs": "(depset[File]) The files that they name, and the compiler.",
        "link": "(CcInfo) What every module with Rust links; None for the host.",
        "rustc": "(string) The path of the compiler.",
        "trees": "(tuple[tuple]) RustCrateInfo.trees of what it compiles.",
    },
)
