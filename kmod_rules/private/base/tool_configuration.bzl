# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The configuration in which the tools of actions are built."""

# Bazel 4 makes an execution configuration of its own for each configuration that a transition made,
# and so would build the same tools once for each kernel and once more: measured, 179 actions for a
# first test instead of 119. Its host configuration is one for all. Later versions have the
# function config.exec, and no host configuration.
TOOL_CONFIGURATION = "exec" if hasattr(config, "exec") else "host"
