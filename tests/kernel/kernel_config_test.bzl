# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Tests of which configurations of a kernel are refused."""

load("@bazel_skylib//lib:unittest.bzl", "asserts", "unittest")
load("//kmod_rules/private/kernel:kernel_config.bzl", "check_config", "read_config")
load("//tests:recorder.bzl", "recorder")

def _messages(text):
    told = recorder()
    check_config(read_config(text), "k", fail = told.fail)
    return told.messages

def _read_test_impl(ctx):
    env = unittest.begin(ctx)
    asserts.equals(
        env,
        {"CONFIG_A": "y", "CONFIG_B": "m", "CONFIG_C": "gcc (x) 1=2", "CONFIG_D": "gcc 12", "CONFIG_E": "", "CONFIG_HZ": "250"},
        read_config("# CONFIG_Z is not set\n\nCONFIG_A=y\nCONFIG_B=m\nCONFIG_C=\"gcc (x) 1=2\"\nCONFIG_D=gcc 12\nCONFIG_E=\"\"\nCONFIG_HZ=250\n"),
    )
    return unittest.end(env)

read_test = unittest.make(_read_test_impl)

def _accepted_test_impl(ctx):
    env = unittest.begin(ctx)
    for text in [
        "",
        "# CONFIG_CFI_CLANG is not set\n",
        "CONFIG_ARCH_SUPPORTS_CFI_CLANG=y\nCONFIG_MTD_CFI=m\nCONFIG_FUNCTION_PADDING_CFI=11\n",
        "CONFIG_MODVERSIONS=y\nCONFIG_EXTENDED_MODVERSIONS=y\nCONFIG_X86_KERNEL_IBT=y\n",
    ]:
        asserts.equals(env, [], _messages(text))
    return unittest.end(env)

accepted_test = unittest.make(_accepted_test_impl)

def _refused_test_impl(ctx):
    env = unittest.begin(ctx)
    for option in ["CONFIG_CFI", "CONFIG_CFI_CLANG", "CONFIG_FINEIBT", "CONFIG_GENDWARFKSYMS"]:
        messages = _messages("CONFIG_A=y\n{}=y\nCONFIG_B=m\n".format(option))
        asserts.equals(env, 1, len(messages), option)
        asserts.true(env, messages[0].startswith("k: the kernel's configuration has {} (".format(option)), messages[0])
        asserts.true(env, messages[0].endswith("Choose a kernel that is configured without it."), messages[0])

    # All at once, because each attempt is a fetch.
    both = _messages("CONFIG_FINEIBT=y\nCONFIG_CFI_CLANG=y\n")
    asserts.equals(env, 1, len(both))
    asserts.true(env, "CONFIG_CFI_CLANG (" in both[0] and "), CONFIG_FINEIBT (" in both[0], both[0])
    asserts.true(env, both[0].endswith("configured without them."), both[0])
    return unittest.end(env)

refused_test = unittest.make(_refused_test_impl)

def kernel_config_test_suite(name):
    """Declares the tests of this file.

    Args:
      name: (string) the suite's name.
    """
    unittest.suite(name, read_test, accepted_test, refused_test)
