# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_config: a condition on a kernel's configuration, for select()."""

load("//kmod_rules:providers.bzl", "KernelOptionsInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load(":kernel_transition.bzl", "options_of_kernel")

def check_values(values, label, fail = fail):
    """Refuses conditions that no kernel's configuration can meet.

    Args:
      values: (dict[string, list[string]]) options, each with the values that it may have.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if not values:
        fail("{}: values is empty. Give options of the kernel's configuration, such as {{\"CONFIG_NUMA\": \"y\"}}.".format(label_text(label)))
    for option, accepted in values.items():
        if not option.startswith("CONFIG_"):
            fail("{}: values has \"{}\", which is not an option of a kernel's configuration. Write \"CONFIG_{}\".".format(label_text(label), option, option))
        elif not accepted:
            fail("{}: values has no value for {}. Write for example {{\"{}\": \"y\"}}, or \"n\" for an option that is not set.".format(label_text(label), option, option))

def has_values(options, values):
    """Compares a kernel's configuration with a condition.

    Args:
      options: (dict[string, string]) the options that are set.
      values: (dict[string, list[string]]) options, each with the values that it may have; `n` if it is not set.

    Returns:
      (bool) whether each option has one of its values.
    """
    for option, accepted in values.items():
        if options.get(option, "n") not in accepted:
            return False
    return True

def _kernel_config_flag_impl(ctx):
    check_values(ctx.attr.values, ctx.attr.condition)
    options = ctx.attr._options[0][KernelOptionsInfo].options
    return [config_common.FeatureFlagInfo(value = "yes" if has_values(options, ctx.attr.values) else "no")]

_kernel_config_flag = rule(
    implementation = _kernel_config_flag_impl,
    attrs = {
        "condition": attr.string(
            doc = "The label that select() names, for messages, such as `//driver:numa`.",
            mandatory = True,
        ),
        "values": attr.string_list_dict(
            doc = "Options, each with the values that it may have, such as `{\"CONFIG_NUMA\": [\"y\"]}`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_options": attr.label(
            cfg = options_of_kernel,
            default = Label("//kmod_rules:kernel_options"),
            providers = [KernelOptionsInfo],
        ),
    },
    doc = "Whether the chosen kernel is configured so: the flag that config_setting asks. kernel_config_setting.bzl documents it.",
)

def kernel_config(name, values, **kwargs):
    """A condition for `select()` on the configuration of the kernel that code is built for.

    As `foo-$(CONFIG_NUMA) += numa.o` in a Makefile of kbuild:

    ```
    kernel_config(
        name = "numa",
        values = {"CONFIG_NUMA": "y"},
    )

    kernel_module(
        name = "card_ko",
        srcs = ["card.c"] + select({
            ":numa": ["numa.c"],
            "//conditions:default": [],
        }),
    )
    ```

    The kernel is that of `--//kmod_rules:kernel`, or the one that a test, a VM or a `kernel_module_set` builds the
    target for.

    Args:
      name: (string) the condition's name.
      values: (dict[string, string] or dict[string, list[string]]) options of the kernel's `.config`, each with its value,
        or with those of which it must have one, such as `{"CONFIG_NUMA": "y", "CONFIG_CRC32": ["y", "m"]}`. `n` is for
        an option that is not set; texts have no quotes.
      **kwargs: attributes that every rule has, such as `visibility`.
    """
    _kernel_config_flag(
        name = name + "_flag",
        condition = "//{}:{}".format(native.package_name(), name),
        values = {
            option: accepted if type(accepted) == "list" else [accepted]
            for option, accepted in values.items()
        },
        **kwargs
    )
    native.config_setting(
        name = name,
        flag_values = {":{}_flag".format(name): "yes"},
        **kwargs
    )
