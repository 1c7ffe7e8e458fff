// SPDX-License-Identifier: MIT OR GPL-2.0-only

// The version is the one of the source.
