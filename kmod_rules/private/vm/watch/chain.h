// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WATCH_CHAIN_H_
#define KMOD_RULES_PRIVATE_VM_WATCH_CHAIN_H_

#include "record.h"

// Whether the notifier block of the record is on its chain. The memory of both may have been freed.
bool watch_is_on_chain(const struct watch_record *record);

// Takes the block from its chain. Context: may sleep, below a call of the chain of modules.
void watch_take_off_chain(const struct watch_record *record);

#endif  // KMOD_RULES_PRIVATE_VM_WATCH_CHAIN_H_
