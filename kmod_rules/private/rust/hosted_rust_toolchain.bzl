# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule hosted_rust_toolchain: rustc for unit tests, with the standard library of user space."""

load(":crate_info.bzl", "RustToolchainInfo")
load(":rustc.bzl", "RUSTC")

def _hosted_rust_toolchain_impl(ctx):
    return [RustToolchainInfo(
        alloc = None,
        crates = (),
        extension = "rlib",
        flags = (
            "--target=x86_64-unknown-linux-gnu",
            "--sysroot={}/usr".format(ctx.file._std.path),
            "-Cdebuginfo=line-tables-only",
            # A static program, as those of the hosted C++ toolchain.
            "-Crelocation-model=static",
            "-Ctarget-feature=+crt-static",
        ),
        in_kernel = False,
        inputs = depset([ctx.file._rust, ctx.file._std]),
        link = None,
        rustc = "{}/{}".format(ctx.file._rust.path, RUSTC),
        trees = (),
    )]

hosted_rust_toolchain = rule(
    implementation = _hosted_rust_toolchain_impl,
    attrs = {
        "_rust": attr.label(
            allow_single_file = True,
            default = Label("@kmod_rust//:root"),
        ),
        "_std": attr.label(
            allow_single_file = True,
            default = Label("@kmod_rust_std//:root"),
        ),
    },
    provides = [RustToolchainInfo],
    doc = "Gives rustc the standard library that the distribution compiled.",
)
