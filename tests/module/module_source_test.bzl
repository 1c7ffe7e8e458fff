# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of module parameters and of the C file that is generated for a module."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/module:module_parameter.bzl", "module_parameter", "parse_parameter")
load("//kmod_rules/private/module:module_source.bzl", "c_string", "module_source")
load("//tests:recorder.bzl", "recorder")

_SOURCE = """\
/* Generated for //x:hello_ko by kernel_module. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

/* Read by kmod/print.h: C++ is compiled without knowing its module's name. */
extern const char kmod_module_name[];
const char kmod_module_name[] = KBUILD_MODNAME;

/* Read by KMOD_PARAMETER of kmod/parameter.h; the type is part of the name, so that the two agree. */
extern char *kmod_param_charp_who;
char *kmod_param_charp_who = "a \\"b\\"";
module_param_named(who, kmod_param_charp_who, charp, 0444);
MODULE_PARM_DESC(who, "Whom");

/* Read by KMOD_PARAMETER of kmod/parameter.h; the type is part of the name, so that the two agree. */
extern bool kmod_param_bool_loud;
bool kmod_param_bool_loud = true;
module_param_named(loud, kmod_param_bool_loud, bool, 0644);

/*
 * KMOD_MODULE of kmod/module.h defines init_module and cleanup_module itself: going through
 * module_init() and module_exit() here costs 944 bytes. With IBT, objtool must be told that the
 * kernel calls them by their addresses.
 */
#ifdef CONFIG_X86_KERNEL_IBT
___ADDRESSABLE(init_module, __initdata);
___ADDRESSABLE(cleanup_module, __exitdata);
#endif

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("Ada");
MODULE_VERSION("1.2");
"""

def _source_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(env, _SOURCE, module_source(
        label = "//x:hello_ko",
        license = "Dual MIT/GPL",
        author = "Ada",
        version = "1.2",
        parameters = [
            parse_parameter("who", module_parameter("charp", default = "a \"b\"", description = "Whom"), "//x"),
            parse_parameter("loud", module_parameter("bool", default = True, mode = 0o644), "//x"),
        ],
    ))
    return unittest.end(env)

source_test = unittest.make(_source_test_impl)

def _c_string_test_impl(ctx):
    env = unittest.begin(ctx)

    # `??/` would be a trigraph.
    asserts.equals(env, "\"a\\\\b\\n\\t\\\"\\?\\?/\"", c_string("a\\b\n\t\"??/"))
    return unittest.end(env)

c_string_test = unittest.make(_c_string_test_impl)

def _bad_parameter_test_impl(ctx):
    env = unittest.begin(ctx)
    good = module_parameter("int")
    for name, declaration, expected in [
        ("", good, "//x: parameter \"\" is not a C identifier"),
        ("a-b", good, "//x: parameter \"a-b\" is not a C identifier"),
        ("1a", good, "//x: parameter \"1a\" is not a C identifier"),
        ("times", "int", "//x: parameter times is declared as \"int\". Declare it with module_parameter(\"int\", default = 1) of @rules_kmod//kmod_rules:defs.bzl."),
    ]:
        told = recorder()
        asserts.equals(env, None, parse_parameter(name, declaration, "//x", fail = told.fail))
        asserts.equals(env, 1, len(told.messages), name)
        asserts.true(env, told.messages[0].startswith(expected), told.messages[0])
    return unittest.end(env)

bad_parameter_test = unittest.make(_bad_parameter_test_impl)

def _bad_declaration_test_impl(ctx):
    env = unittest.begin(ctx)
    for arguments, expected in [
        (struct(type = "float", default = 1, mode = 0), "module_parameter: there is no parameter type \"float\". The kernel has: bool, byte, charp, "),
        (struct(type = "int", default = "1", mode = 0), "module_parameter: the default of a parameter of type int must be of type int, and \"1\" is not."),
        (struct(type = "bool", default = 1, mode = 0), "module_parameter: the default of a parameter of type bool must be of type bool, and 1 is not."),
        (struct(type = "charp", default = True, mode = 0), "module_parameter: the default of a parameter of type charp must be of type string"),
        (struct(type = "int", default = 1, mode = 0o1000), "module_parameter: mode 512 is not a mode that the kernel accepts"),
        (struct(type = "int", default = 1, mode = 0o666), "module_parameter: mode 438 is not a mode that the kernel accepts"),
        (struct(type = "byte", default = 256, mode = 0), "module_parameter: the default 256 does not fit into a parameter of type byte, which holds 0 to 255. Choose another default, or a larger type."),
        (struct(type = "int", default = 3000000000, mode = 0), "module_parameter: the default 3000000000 does not fit into a parameter of type int, which holds -2147483648 to 2147483647."),
        (struct(type = "uint", default = -1, mode = 0), "module_parameter: the default -1 does not fit into a parameter of type uint"),
        (struct(type = "ulong", default = 18446744073709551616, mode = 0), "module_parameter: the default 18446744073709551616 does not fit into a parameter of type ulong"),
    ]:
        told = recorder()
        module_parameter(arguments.type, default = arguments.default, mode = arguments.mode, fail = told.fail)
        asserts.equals(env, 1, len(told.messages), expected)
        asserts.true(env, told.messages[0].startswith(expected), told.messages[0])
    return unittest.end(env)

bad_declaration_test = unittest.make(_bad_declaration_test_impl)

def _defaults_test_impl(ctx):
    env = unittest.begin(ctx)
    for type, default in [("bool", False), ("charp", ""), ("ulong", 0)]:
        asserts.equals(env, default, parse_parameter("x", module_parameter(type), "//x").default)
    for type, default, literal in [
        ("byte", 255, "= 255;"),
        ("short", -32768, "= -32768;"),
        ("uint", 4294967295, "= 4294967295U;"),
        ("long", -9223372036854775808, "= (-9223372036854775807L - 1);"),
        ("long", 9223372036854775807, "= 9223372036854775807L;"),
        ("ulong", 18446744073709551615, "= 18446744073709551615UL;"),
    ]:
        parameter = parse_parameter("x", module_parameter(type, default = default), "//x")
        asserts.equals(env, default, parameter.default)
        source = module_source(label = "//x", license = "GPL", parameters = [parameter])
        asserts.true(env, literal in source, source)
    return unittest.end(env)

defaults_test = unittest.make(_defaults_test_impl)

def module_source_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, source_test, c_string_test, bad_parameter_test, bad_declaration_test, defaults_test)
