# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what --define=kmod_vm_snapshots means."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/vm:vm_snapshot.bzl", "wants_snapshots")

def _choice_test_impl(ctx):
    env = unittest.begin(ctx)
    errors = []
    for variables, expected in [
        ({}, False),
        ({"kmod_vm_snapshots": "off"}, False),
        ({"kmod_vm_snapshots": "on"}, True),
    ]:
        asserts.equals(env, expected, wants_snapshots(variables, fail = errors.append))
    asserts.equals(env, [], errors)
    wants_snapshots({"kmod_vm_snapshots": "yes"}, fail = errors.append)
    asserts.equals(
        env,
        ["--define=kmod_vm_snapshots=yes is neither =on, with which tests start from a VM that was booted once, nor =off, with which each boots."],
        errors,
    )
    return unittest.end(env)

choice_test = unittest.make(_choice_test_impl)

def vm_snapshot_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, choice_test)
