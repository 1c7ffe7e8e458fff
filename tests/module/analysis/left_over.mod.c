// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Stands for a file that kbuild generates. */
