# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the check that a package is the one that the lock names."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/packages:control.bzl", "check_control", "control_fields", "split_controls")
load("//tests:recorder.bzl", "recorder")

_DASH = {"architecture": "amd64", "name": "dash", "version": "1:0.5"}
_CONTROL = "Package: dash\nVersion: 1:0.5\nArchitecture: amd64\nDescription: shell\n Version: of another line\n"

def _fields_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, {
        "Architecture": "amd64",
        "Description": "shell",
        "Package": "dash",
        "Version": "1:0.5",
    }, control_fields(_CONTROL))
    asserts.equals(
        env,
        ["Package: a", "", "Package: b\nVersion: 1"],
        split_controls("Package: a\n\n-- end of control\n\n-- end of control\nPackage: b\nVersion: 1\n\n-- end of control\n"),
    )
    asserts.equals(env, [], split_controls(""))
    return unittest.end(env)

fields_test = unittest.make(_fields_test_impl)

def _check_test_impl(ctx):
    env = unittest.begin(ctx)
    cases = {
        "": "r: package dash 1:0.5: the file with the locked sha256 is not a Debian package. Do not use this lock",
        _CONTROL: "",
        _CONTROL.replace("1:0.5", "0.5"): "is package dash 0.5 for amd64, so the lock's entry was swapped. Do not use this lock",
        _CONTROL.replace("amd64", "arm64"): "is package dash 1:0.5 for arm64, so",
        _CONTROL.replace("dash", "bash"): "is package bash 1:0.5 for amd64, so",
    }
    for text, expected in cases.items():
        told = recorder()
        check_control(text, _DASH, "r", fail = told.fail)
        asserts.equals(env, 1 if expected else 0, len(told.messages), text)
        if expected:
            asserts.true(env, expected in told.messages[0], told.messages[0])
    return unittest.end(env)

check_test = unittest.make(_check_test_impl)

def control_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, fields_test, check_test)
