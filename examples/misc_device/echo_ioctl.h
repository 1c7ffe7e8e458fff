// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What programs ask of /dev/echo.
#ifndef EXAMPLES_MISC_DEVICE_ECHO_IOCTL_H_
#define EXAMPLES_MISC_DEVICE_ECHO_IOCTL_H_

#include <linux/ioctl.h>

// The number of bytes that the device holds.
#define ECHO_GET_SIZE _IOR('e', 1, int)
// Forgets them.
#define ECHO_CLEAR _IO('e', 2)

#endif  // EXAMPLES_MISC_DEVICE_ECHO_IOCTL_H_
