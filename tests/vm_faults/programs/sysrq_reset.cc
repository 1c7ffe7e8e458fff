// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Resets the VM by the key b of sysrq, without the kernel's "reboot: Restarting system".

#include <fcntl.h>
#include <unistd.h>

int main() { return write(open("/proc/sysrq-trigger", O_WRONLY), "b", 1) == 1 ? 0 : 1; }
