# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of what a module exports by its attributes."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:module_exports.bzl", "check_exports", "export_source")
load("//tests:recorder.bzl", "recorder")

def _source_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, "", export_source([], [], "", []))
    asserts.equals(env, """
/* The headers have the declarations from which genksyms computes the versions. */
#include <linux/version.h>
#include "a.h"
#include "b.h"
EXPORT_SYMBOL(a);
EXPORT_SYMBOL_GPL(b);
EXPORT_SYMBOL_GPL(c);
""", export_source(["a"], ["b", "c"], "", ["a.h", "b.h"]))
    asserts.equals(env, """
/* The headers have the declarations from which genksyms computes the versions. */
#include <linux/version.h>
#include "a.h"
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
EXPORT_SYMBOL_NS_GPL(a, "BASE");
#else
EXPORT_SYMBOL_NS_GPL(a, BASE);
#endif
""", export_source([], ["a"], "BASE", ["a.h"]))
    return unittest.end(env)

source_test = unittest.make(_source_test_impl)

def _check_test_impl(ctx):
    env = unittest.begin(ctx)
    for arguments, expected in [
        ((["a"], ["b"], "BASE", True), ""),
        (([], [], "", False), ""),
        ((["_Z1ai"], [], "", True), "exports holds _Z1ai, which is a mangled name of C++. Declare the function extern \"C\" in its header, and export it by its own name."),
        ((["a-b"], [], "", True), "exports holds \"a-b\", which is not a C identifier. Name functions and variables, such as \"base_add\"."),
        ((["a"], ["a"], "", True), "exports and exports_gpl hold a twice. Remove one of them."),
        ((["a"], ["b"], "", False), "export_hdrs is empty. Name the header that declares a, b, such as [\"a.h\"]: the kernel computes the versions of exported symbols from declarations in C."),
        (([], [], "", True), "export_hdrs has headers, and nothing is exported. Name functions in exports or exports_gpl, or remove export_hdrs."),
        (([], [], "BASE", False), "export_ns is \"BASE\", and nothing is exported. Name functions in exports or exports_gpl, or remove export_ns."),
        ((["a"], [], "A B", True), "export_ns is \"A B\", which is not a C identifier, as the namespaces of the kernel are. Write for example \"BASE\"."),
    ]:
        told = recorder()
        exports, exports_gpl, export_ns, has_headers = arguments
        check_exports(exports, exports_gpl, export_ns, has_headers, "//x", fail = told.fail)
        asserts.equals(env, ["//x: " + expected] if expected else [], told.messages)
    return unittest.end(env)

check_test = unittest.make(_check_test_impl)

def module_exports_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, source_test, check_test)
