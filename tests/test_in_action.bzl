# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Runs the program of a test as a build action, without the shell script with which Bazel starts tests."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

def _test_in_action_impl(ctx):
    program = ctx.executable.test
    stamp = ctx.actions.declare_file(ctx.label.name + ".passed")
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nset -e\n: > \"$1\"\ncd \"$2\"\nexec \"./$3\"\n",
        is_executable = True,
    )
    ctx.actions.run(
        executable = launcher,
        arguments = [stamp.path, program.path + ".runfiles/" + ctx.workspace_name, program.short_path],
        tools = [ctx.attr.test[DefaultInfo].files_to_run],
        outputs = [stamp],
        env = {},
        mnemonic = "TestInAction",
        progress_message = "Running {} as an action".format(label_text(ctx.attr.test.label)),
    )
    return [DefaultInfo(files = depset([stamp]))]

test_in_action = rule(
    implementation = _test_in_action_impl,
    attrs = {
        "test": attr.label(
            cfg = "target",
            doc = "The test, such as `:hello_test`. The build fails if the test fails.",
            executable = True,
            mandatory = True,
        ),
    },
    doc = "Runs a test's program in its runfiles and shows its output.",
)
