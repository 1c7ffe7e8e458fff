// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/crc-itu-t.h>
#include <linux/module.h>

#include "card.h"

static int __init pci_init(void) {
  static const u8 text[] = "123456789";

  pr_info("%s: value %d, bus %d, checksum %x\n", KBUILD_MODNAME, card_core_value(CARD_SEED),
          card_bus(), crc_itu_t(0, text, 9));
  return 0;
}
module_init(pci_init);

static void __exit pci_exit(void) {}
module_exit(pci_exit);

MODULE_DESCRIPTION("The part of a card's driver that uses the other");
MODULE_LICENSE("Dual MIT/GPL");
