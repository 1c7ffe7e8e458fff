# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The licenses that the kernel knows (include/linux/module.h, MODULE_LICENSE)."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

_GPL_COMPATIBLE = ["GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"]
_OTHER = ["Proprietary"]

def is_gpl_compatible(license):
    """Tells whether a module with a license may use symbols that the kernel exports to GPL-compatible modules only.

    Args:
      license: (string) the argument of MODULE_LICENSE.

    Returns:
      (bool) whether it may.
    """
    return license in _GPL_COMPATIBLE

def check_license(license, label, fail = fail):
    """Refuses a license that the kernel does not know; it would taint the kernel as proprietary.

    Args:
      license: (string) the argument of MODULE_LICENSE.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if license not in _GPL_COMPATIBLE + _OTHER:
        fail("{}: the kernel does not know the license \"{}\". It knows: {}.".format(label_text(label), license, ", ".join(_GPL_COMPATIBLE + _OTHER)))
