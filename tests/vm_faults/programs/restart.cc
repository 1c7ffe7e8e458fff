// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Restarts the machine, which is init's to do.

#include <sys/reboot.h>

int main() { return reboot(RB_AUTOBOOT); }
