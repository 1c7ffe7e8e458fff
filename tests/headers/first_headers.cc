// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A header that the kernel's code includes only behind others, and a function of a header that C
// cannot include by itself. KmodLink writes the C for both.
#include <linux/can/dev/peak_canfd.h>
#include <linux/gfp.h>
#include <linux/string.h>

extern "C" int kmod_channel_of(const pucan_rx_msg* message);
extern "C" void* kmod_copy_of(const void* memory, size_t size);

int kmod_channel_of(const pucan_rx_msg* message) { return pucan_msg_get_channel(message); }

void* kmod_copy_of(const void* memory, size_t size) { return kmemdup(memory, size, GFP_KERNEL); }
