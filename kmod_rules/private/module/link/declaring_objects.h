// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Objects that declare something about their module: aliases, device tables, parameters, exports.
// Nothing references them, so a linker drops them from a static library without a message.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_DECLARING_OBJECTS_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_DECLARING_OBJECTS_H_

#include <string>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/link/link_request.h"

namespace kmod::link {

// Whether the object has content in a section by which modpost, depmod or the module loader learn
// something about a module, or a table of devices.
[[nodiscard]] bool declares_something(const base::ElfObject& object);

// Has the linker always link such objects. Members of archives are copied into `directory`, which
// is made if there are any, and linked from there. An input that is not an object stays as it is:
// the linker complains of it if it needs it.
//
// Errors: `directory` cannot be written to.
[[nodiscard]] base::Status keep_declaring_objects(LinkRequest& request,
                                                  const std::string& directory);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_DECLARING_OBJECTS_H_
