// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>
#include <linux/version.h>

#include "kernel_api.h"

#ifndef HAVE_TIMER_SETUP
#error "every kernel of the tests has timer_setup"
#endif

#ifdef HAVE_SETUP_TIMER
#error "no kernel of the tests has setup_timer"
#endif

#if defined(HAVE_SHORT_CLASS_CREATE) != (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0))
#error "class_create has one argument since Linux 6.4"
#endif

static int __init api_init(void) { return 0; }
module_init(api_init);

static void __exit api_exit(void) {}
module_exit(api_exit);

MODULE_DESCRIPTION("Compares the answers of probes with the kernel's version");
MODULE_LICENSE("Dual MIT/GPL");
