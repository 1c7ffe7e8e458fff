# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Where a file lies in its workspace."""

def workspace_path(file):
    """Finds a file's path from the root of its own workspace, by which C and C++ include it.

    Args:
      file: (File) any file.

    Returns:
      (string) the path; the same whether the workspace is the main one or an external repository.
    """
    if file.short_path.startswith("../"):
        return file.short_path.split("/", 2)[2]
    return file.short_path
