# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Labels and repository names as people write them, in every version of Bazel.

With MODULE.bazel, Bazel names a repository canonically, such as `_main~kmod~debian12_amd64`, or with `+`
instead of `~`, and prints labels as `@@_main~kmod~debian12_amd64//:kernel`.
"""

def repository_text(name):
    """Returns the name by which a repository was declared.

    Args:
      name: (string) its canonical name, such as `_main~kmod~debian12_amd64`, `rules_kmod~1.0`, or, with a
        WORKSPACE, `debian12_amd64`.

    Returns:
      (string) such as `debian12_amd64` or `rules_kmod`; empty for the main repository.
    """
    parts = name.replace("+", "~").split("~")

    # A module's repository is its name and version; that of an extension has the module's first.
    return parts[-1] if len(parts) > 2 else parts[0]

def repository_of(label):
    """Returns the name by which the repository of a label was declared.

    Args:
      label: (Label) any label.

    Returns:
      (string) the name; empty for the main repository.
    """

    # Bazel 4 has only workspace_name, which is to be removed.
    name = label.repo_name if hasattr(label, "repo_name") else label.workspace_name
    return repository_text(name)

def label_text(label):
    """Returns a label as people write it.

    Args:
      label: (Label or string) any label; a string is returned as it is.

    Returns:
      (string) such as `//hello:hello_ko` or `@debian12_amd64//:kernel`.
    """
    if type(label) == "string":
        return label
    repository = repository_of(label)
    return "{}//{}:{}".format("@" + repository if repository else "", label.package, label.name)

def canonical_roots(labels):
    """Finds the paths below `external/` that depend on the version of Bazel and on MODULE.bazel.

    Outputs with such a path in debug information or in `__FILE__` have the same bytes only if it is replaced.

    Args:
      labels: (list[Label]) targets of the repositories.

    Returns:
      (dict[string, string]) such as `{"external/rules_kmod~": "external/rules_kmod"}`; empty in a WORKSPACE.
    """
    roots = {}
    for label in labels:
        repository = repository_of(label)
        if repository and label.workspace_root != "external/" + repository:
            roots[label.workspace_root] = "external/" + repository
    return roots

def sibling(label, name):
    """Returns the label of another target of the same package.

    Args:
      label: (Label) a target.
      name: (string) the other target's name.

    Returns:
      (Label) its label.
    """

    # Bazel 4 has only relative, which is to be removed.
    if hasattr(label, "same_package_label"):
        return label.same_package_label(name)
    return label.relative(":" + name)
