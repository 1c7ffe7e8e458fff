// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Powers the VM off, which only init may do.

#include <sys/reboot.h>

int main() { return reboot(RB_POWER_OFF); }
