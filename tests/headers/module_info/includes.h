/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The kernel's headers for declarations.inc, in C and in C++. */
#ifndef TESTS_HEADERS_MODULE_INFO_INCLUDES_H_
#define TESTS_HEADERS_MODULE_INFO_INCLUDES_H_

#include <crypto/algapi.h>
#include <linux/acpi.h>
#include <linux/dmi.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/usb.h>
#include <net/rtnetlink.h>

#endif /* TESTS_HEADERS_MODULE_INFO_INCLUDES_H_ */
