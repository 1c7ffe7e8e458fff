# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Names the targets that a macro declares for each of several kernels."""

def kernel_suffix(kernel):
    """Returns the suffix that distinguishes the target of one kernel from the others.

    Args:
      kernel: (string) the label of a kernel, such as `@debian12_amd64//:kernel`.

    Returns:
      (string) the repository's name if the target is named `kernel`, else the target's name.
    """
    target = kernel.rpartition("/")[2].rpartition(":")[2]
    if target == "kernel" and kernel.startswith("@"):
        return kernel.partition("//")[0].strip("@")
    return target

def names_of_kernels(name, kernels, fail = fail):
    """Names the target of each kernel.

    Args:
      name: (string) the name of all of them together.
      kernels: (list[string]) labels of kernels.
      fail: the function to call with an error message; a test passes its own.

    Returns:
      (dict[string, string]) names to kernels.
    """
    if not kernels:
        fail("{}: kernels is empty. Name the kernels, such as \"@debian12_amd64//:kernel\", or remove it for the default kernel.".format(name))
    names = {}
    for kernel in kernels:
        target = "{}_{}".format(name, kernel_suffix(kernel))
        if target in names:
            fail("{}: kernels holds {} and {}, whose targets would both be named {}. Remove one, or give the kernels targets with different names.".format(name, names[target], kernel, target))
        names[target] = kernel
    return names
