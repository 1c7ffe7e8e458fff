# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A stand-in for `fail` that records its messages for a test."""

def recorder():
    """Makes a stand-in for `fail`.

    Returns:
      (struct) `fail`, the function, and `messages`, the list of the messages it was called with.
    """
    messages = []
    return struct(fail = messages.append, messages = messages)
