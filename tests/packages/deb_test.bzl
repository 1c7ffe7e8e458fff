# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the reader of ar archives."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/packages:deb.bzl", "ar_members")
load("//tests:recorder.bzl", "recorder")

def _pad(text, width):
    return text + " " * (width - len(text))

def _member(name, content):
    header = _pad(name, 16) + _pad("0", 12) + _pad("0", 6) + _pad("0", 6) + _pad("100644", 8)
    padding = "\n" if len(content) % 2 else ""
    return header + _pad(str(len(content)), 10) + "`\n" + content + padding

_MAGIC = "!<arch>\n"

def _good_archive_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        {"control.tar.xz": "odd", "data.tar.xz": "even", "debian-binary": "2.0\n"},
        ar_members(_MAGIC + _member("debian-binary", "2.0\n") + _member("control.tar.xz", "odd") + _member("data.tar.xz/", "even"), "x.deb"),
    )
    return unittest.end(env)

good_archive_test = unittest.make(_good_archive_test_impl)

def _bad_archive_test_impl(ctx):
    env = unittest.begin(ctx)
    whole = _MAGIC + _member("data.tar.xz", "content")
    cases = {
        "": "x.deb: this is not a Debian package: it does not begin with \"!<arch>\".",
        "<html>": "x.deb: this is not a Debian package: it does not begin with \"!<arch>\".",
        _MAGIC + _member("data.tar.xz", "content") * 17: "x.deb: this is not a Debian package: it has more than 16 members.",
        _MAGIC + "x" * 60: "x.deb: the ar header at byte 8 is damaged.",
        whole[:30]: "x.deb: the ar header at byte 8 is damaged.",
        whole[:70]: "x.deb: the archive ends inside member data.tar.xz.",
    }
    for content, expected in cases.items():
        told = recorder()
        asserts.equals(env, {}, ar_members(content, "x.deb", fail = told.fail))
        asserts.equals(env, [expected], told.messages)
    return unittest.end(env)

bad_archive_test = unittest.make(_bad_archive_test_impl)

def deb_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, good_archive_test, bad_archive_test)
