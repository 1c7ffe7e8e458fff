// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Restarts the VM, which only init may do.

#include <sys/reboot.h>

int main() { return reboot(RB_AUTOBOOT); }
