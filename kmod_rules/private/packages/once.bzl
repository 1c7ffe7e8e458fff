# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Declares repositories that a workspace may have declared already."""

def repository_options(existing = {}, mirrors = [], locks = {}):
    """Makes the options of all declarations of one workspace.

    Args:
      existing: names of repositories that exist and are kept.
      mirrors: (list[string]) addresses of mirrors, tried before those of apt's configuration.
      locks: (dict[string, label]) names of repositories to the locks that replace their own.

    Returns:
      (struct) the first argument of `once`.
    """
    return struct(existing = existing, locks = locks, mirrors = mirrors)

def once(options, rule, name, **kwargs):
    """Declares a repository of packages unless one of this name exists.

    Args:
      options: (struct) of repository_options().
      rule: the repository rule, which has the attributes `lock` and `mirrors`.
      name: (string) the repository's name.
      **kwargs: attributes of the rule.
    """
    if name in options.existing:
        return
    attributes = dict({"mirrors": options.mirrors}, **kwargs)
    if name in options.locks:
        attributes["lock"] = options.locks[name]
    rule(name = name, **attributes)
