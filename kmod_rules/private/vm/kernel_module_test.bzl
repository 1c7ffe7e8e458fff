# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_module_test: a test on one kernel, or a suite of tests on several."""

load(":single_kernel_test.bzl", "single_kernel_test")

def kernel_suffix(kernel):
    """Returns what tells the test of one kernel from those of the others.

    Args:
      kernel: (string) the label of a kernel, such as `@debian12_amd64//:kernel`.

    Returns:
      (string) the repository's name if the target is just called `kernel`, else the target's.
    """
    target = kernel.rpartition("/")[2].rpartition(":")[2]
    if target == "kernel" and kernel.startswith("@"):
        return kernel.partition("//")[0].strip("@")
    return target

def test_names(name, kernels, fail = fail):
    """Names the test of each kernel.

    Args:
      name: (string) the suite's.
      kernels: (list[string]) labels of kernels.
      fail: the function that is told of an error; a test passes its own.

    Returns:
      (dict[string, string]) names to kernels.
    """
    if not kernels:
        fail("{}: kernels is empty. Name the kernels to test on, such as \"@debian12_amd64//:kernel\", or leave it out for the default one.".format(name))
    names = {}
    for kernel in kernels:
        test = "{}_{}".format(name, kernel_suffix(kernel))
        if test in names:
            fail("{}: kernels holds {} and {}, whose tests would both be named {}. Leave one out, or give the kernels targets of different names.".format(name, names[test], kernel, test))
        names[test] = kernel
    return names

def kernel_module_test(name, kernels = None, **kwargs):
    """Boots a kernel in a virtual machine, loads modules into it, runs programs, and unloads the modules.

    The test passes only if every module loads and unloads, every program exits with 0, every line of `expect`
    comes and none of `forbid`, the modules leave nothing behind, and the kernel complains about
    nothing: no warning, no BUG, no oops, no lockup, and no taint but that of an unsigned module from outside
    the kernel's tree. The machine is emulated and needs nothing of the host, so it runs anywhere.

    ```
    kernel_module_test(
        name = "demo_test",
        expect = ["demo: ready", "demo: bye"],
        kernels = ["@debian12_cloud_amd64//:kernel", "@debian12_amd64//:kernel"],
        modules = {":demo_ko": "buffers=4"},
        programs = [":ioctl_test"],
    )
    ```

    `--test_filter=NAME` runs only the programs of that name, `--test_arg=--program-arg=TEXT` hands TEXT to them,
    `shard_count` divides them. `timeout` and `size` are those of any test.

    Args:
      name: the test's name, or with `kernels` that of the suite.
      kernels: labels of kernels. Each gets a test of its own, `NAME_KERNEL`, and `NAME` is the suite of them.
      **kwargs: the attributes of single_kernel_test: `modules`, `programs`, `data`, `expect`, `forbid`, `allow`,
        `allow_taint`, `load_error`, `reload`, `unload`, `kernel`, `kernel_args`, `cpus`, `memory`, and those of any test.
    """
    if kernels == None:
        single_kernel_test(name = name, **kwargs)
        return
    if "kernel" in kwargs:
        fail("{}: both kernel and kernels are given. Put the one kernel into kernels, or leave kernels out.".format(name))
    names = test_names(name, kernels)
    for test, kernel in names.items():
        single_kernel_test(name = test, kernel = kernel, **kwargs)
    native.test_suite(
        name = name,
        # A suite of manual tests is not to be run by ... either.
        tags = ["manual"] if "manual" in kwargs.get("tags", []) else [],
        tests = names.keys(),
        visibility = kwargs.get("visibility"),
    )
