# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A stand-in for `fail` that lets a test look at what it was told."""

def recorder():
    """Makes a stand-in for `fail`.

    Returns:
      (struct) `fail`, a function to pass on, and `messages`, the list of what it was told.
    """
    messages = []
    return struct(fail = messages.append, messages = messages)
