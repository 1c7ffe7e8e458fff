/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#define SHIM_SETTING 14
