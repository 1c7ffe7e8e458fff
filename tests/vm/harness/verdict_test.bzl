# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A test that runs a kernel_module_test and checks its verdict."""

load("@bazel_skylib//lib:shell.bzl", "shell")

def _verdict_test_impl(ctx):
    options = [
        "--test=" + ctx.executable.test.short_path,
        "--verdict=" + ctx.attr.verdict,
        "--within-ms={}".format(ctx.attr.within_ms),
    ]
    options += ["--text=" + text for text in ctx.attr.texts]
    options += ["--no-text=" + text for text in ctx.attr.absent_texts]
    options += ["--case=" + case for case in ctx.attr.cases]
    options += ["--arg=" + argument for argument in ctx.attr.test_args]
    options += ["--env={}={}".format(name, value) for name, value in ctx.attr.test_env.items()]
    if ctx.attr.kill_qemu_at:
        options.append("--kill-qemu-at=" + ctx.attr.kill_qemu_at)
    if ctx.attr.full_disk:
        options.append("--full-disk=" + ctx.attr.full_disk)
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec {} \\\n  {}\n".format(
            shell.quote(ctx.executable._expect_verdict.short_path),
            " \\\n  ".join([shell.quote(option) for option in options]),
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles([ctx.executable._expect_verdict]).merge(ctx.attr.test[DefaultInfo].default_runfiles)
    return [
        DefaultInfo(
            executable = launcher,
            runfiles = runfiles.merge(ctx.runfiles([ctx.executable.test])),
        ),
        testing.ExecutionInfo({"block-network": ""}),
    ]

verdict_test = rule(
    implementation = _verdict_test_impl,
    attrs = {
        "absent_texts": attr.string_list(
            doc = "What the output must not contain.",
        ),
        "cases": attr.string_list(
            doc = "Cases that test.xml must contain, such as `[\"program crash:failed:fail\"]`.",
        ),
        "full_disk": attr.string(
            doc = "Which of the test's outputs the disk has no room for.",
            values = ["", "outputs", "xml"],
        ),
        "kill_qemu_at": attr.string(
            doc = "QEMU is killed when the output contains this text.",
        ),
        "test": attr.label(
            cfg = "target",
            doc = "The kernel_module_test.",
            executable = True,
            mandatory = True,
        ),
        "test_args": attr.string_list(
            doc = "Arguments for it, such as `[\"--timeout-s=8\"]`.",
        ),
        "test_env": attr.string_dict(
            doc = "Environment for it, such as `{\"TESTBRIDGE_TEST_ONLY\": \"crash\"}`.",
        ),
        "texts": attr.string_list(
            doc = "What the output must contain.",
        ),
        "verdict": attr.string(mandatory = True),
        "within_ms": attr.int(
            doc = "The longest time allowed from the moment that init is ready, in milliseconds; from the start if it never is.",
            mandatory = True,
        ),
        "_expect_verdict": attr.label(
            cfg = "target",
            default = "//tests/vm/harness:expect_verdict",
            executable = True,
        ),
    },
    doc = "Succeeds if a kernel_module_test ends with this verdict, in time, and prints what it should.",
    test = True,
)
