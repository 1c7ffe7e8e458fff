// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Nothing references this object.
#include <linux/module.h>
#include <linux/pci.h>

static const struct pci_device_id ids[] = {{PCI_DEVICE(0x1af4, 0x10ff)}, {}};
MODULE_DEVICE_TABLE(pci, ids);
MODULE_SOFTDEP("pre: crc-itu-t");
