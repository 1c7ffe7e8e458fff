# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the package lock's reader."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/packages:lock.bzl", "packages_of_set", "parse_lock")
load("//tests:recorder.bzl", "recorder")

_DASH = {
    "architecture": "amd64",
    "name": "dash",
    "path": "pool/main/d/dash/dash_0.5_amd64.deb",
    "sha256": "0123456789abcdef" * 4,
    "size": 91848,
    "version": "0.5",
}

def _text(packages, sets = {}):
    return json.encode({"packages": packages, "sets": sets})

def _good_lock_test_impl(ctx):
    env = unittest.begin(ctx)
    lock = parse_lock(_text([_DASH], {"shell": ["dash"]}), "//:lock")
    asserts.equals(env, [_DASH], packages_of_set(lock, "shell", "//:lock"))
    return unittest.end(env)

good_lock_test = unittest.make(_good_lock_test_impl)

def _error_of(text):
    told = recorder()
    parse_lock(text, "//:lock", fail = told.fail)
    return told.messages

def _bad_lock_test_impl(ctx):
    env = unittest.begin(ctx)
    cases = {
        _text([{"version": "1"}]): "must be an object with a \"name\"",
        _text([_DASH, _DASH]): "package dash has two entries",
        _text([_DASH], {"shell": ["bash"]}): "set shell names package bash, which has no entry",
        _text([dict(_DASH, architecture = "")]): "package dash: field \"architecture\" is \"\"",
        _text([dict(_DASH, architecture = "amd64 ")]): "architecture \"amd64 \" has the character \" \", which cannot be in it",
        _text([dict(_DASH, name = "../dash")]): "name \"../dash\" has the character \"/\"",
        _text([dict(_DASH, name = ".dash")]): "package .dash: the name must begin with a letter or a digit",
        _text([dict(_DASH, version = "1\n2")]): "version \"1\n2\" has the character \"\\n\"",
        _text([dict(_DASH, path = "pool/$(id).deb")]): "path \"pool/$(id).deb\" has the character \"$\"",
        _text([dict(_DASH, path = "../dash.deb")]): "must be relative to a mirror",
        _text([dict(_DASH, path = "http://x/dash.deb")]): "must be relative to a mirror",
        _text([dict(_DASH, sha256 = "ABC")]): "is not 64 lower-case hexadecimal digits",
        _text([dict(_DASH, size = 0)]): "must be the file's size in bytes",
        _text([dict(_DASH, size = "9")]): "must be the file's size in bytes",
        _text([dict(_DASH, version = 1)]): "field \"version\" is 1",
        "[]": "must be a JSON object",
    }
    for text, expected in cases.items():
        messages = _error_of(text)
        asserts.equals(env, 1, len(messages), text)
        asserts.true(env, messages[0].startswith("//:lock: "), messages[0])
        asserts.true(env, expected in messages[0], "{} lacks {}".format(messages[0], expected))
    return unittest.end(env)

bad_lock_test = unittest.make(_bad_lock_test_impl)

def _unknown_set_test_impl(ctx):
    env = unittest.begin(ctx)
    told = recorder()
    lock = parse_lock(_text([_DASH], {"b": [], "a": []}), "//:lock")
    asserts.equals(env, [], packages_of_set(lock, "c", "//:lock", fail = told.fail))
    asserts.equals(env, ["//:lock: there is no package set \"c\". It has: a, b."], told.messages)
    return unittest.end(env)

unknown_set_test = unittest.make(_unknown_set_test_impl)

def lock_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, good_lock_test, bad_lock_test, unknown_set_test)
