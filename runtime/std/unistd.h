// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// For libraries that ask this header what POSIX offers: a kernel offers nothing of it.
