// SPDX-License-Identifier: MIT OR GPL-2.0-only
int NoModuleClass();

int NoModuleClass() { return 1; }
