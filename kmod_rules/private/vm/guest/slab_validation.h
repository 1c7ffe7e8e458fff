// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_SLAB_VALIDATION_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_SLAB_VALIDATION_H_

namespace kmod::vm {

// Makes the kernel check all objects of its kmalloc() caches, used and free ones, as slub_debug=FZP
// makes them: otherwise it finds a write to a freed object only when the object is allocated again.
// It complains in its log. A kernel without debugging of slabs checks nothing.
//
// Context: root in the guest, with /sys mounted.
void validate_slabs();

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_SLAB_VALIDATION_H_
