/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#define SETTING 11
