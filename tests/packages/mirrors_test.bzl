# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of the readers of apt's configuration."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/packages:mirrors.bzl", "mirrors_of_list", "mirrors_of_mirror_list", "mirrors_of_sources")

_LIST = """
# deb http://comment.example/debian stable main
deb http://a.example/debian/ stable main contrib # a comment
deb [arch=amd64 signed-by=/k.gpg] https://b.example/debian stable main
deb\tfile:/srv/mirror\tstable\tmain
deb-src http://source.example/debian stable main
deb http://security.example/debian-security stable-security main
deb http://flat.example/debian ./
deb http://other.example/apt stable non-free
deb cdrom:[disc]/ stable main
deb [broken http://broken.example/debian stable main
"""

_SOURCES = """\
# A comment
Types: deb deb-src
URIs: http://a.example/debian/ https://b.example/debian
Suites: stable stable-updates
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: stable
Components: main

Types: deb
URIs: http://security.example/debian-security
Suites: stable-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: stable
Components: main

Types: deb
URIs: mirror+file:///etc/apt/mirrors/debian.list
Suites: stable
Components: main

Types: deb
URIs:
 http://folded.example/debian
 ftp://old.example/debian
Suites: stable
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 -----END PGP PUBLIC KEY BLOCK-----
"""

def _list_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        ["http://a.example/debian", "https://b.example/debian", "file:/srv/mirror"],
        mirrors_of_list(_LIST),
    )
    asserts.equals(env, [], mirrors_of_list(""))
    return unittest.end(env)

list_test = unittest.make(_list_test_impl)

def _sources_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        [
            "http://a.example/debian",
            "https://b.example/debian",
            "mirror+file:///etc/apt/mirrors/debian.list",
            "http://folded.example/debian",
        ],
        mirrors_of_sources(_SOURCES),
    )
    asserts.equals(env, [], mirrors_of_sources(""))
    return unittest.end(env)

sources_test = unittest.make(_sources_test_impl)

def _mirror_list_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        ["https://a.example/debian", "file:/srv/mirror"],
        mirrors_of_mirror_list("""# A comment
https://a.example/debian/\tpriority:1

mirror+file:/etc/apt/other.list
file:/srv/mirror type:deb
"""),
    )
    return unittest.end(env)

mirror_list_test = unittest.make(_mirror_list_test_impl)

def mirrors_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, list_test, sources_test, mirror_list_test)
