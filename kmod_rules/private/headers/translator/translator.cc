// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The whole plugin in one translation unit, because nearly all of the time of compiling each of
// these files is that of Clang's headers.
//
// NOLINTBEGIN(bugprone-suspicious-include): the files are parts of this one.
#include "kmod_rules/private/headers/translator/calls.cc"
#include "kmod_rules/private/headers/translator/constant_parts.cc"
#include "kmod_rules/private/headers/translator/constants.cc"
#include "kmod_rules/private/headers/translator/cxx_body.cc"
#include "kmod_rules/private/headers/translator/cxx_names.cc"
#include "kmod_rules/private/headers/translator/declarations.cc"
#include "kmod_rules/private/headers/translator/declared_names.cc"
#include "kmod_rules/private/headers/translator/device_ids.cc"
#include "kmod_rules/private/headers/translator/header_files.cc"
#include "kmod_rules/private/headers/translator/inclusion_order.cc"
#include "kmod_rules/private/headers/translator/inline_accesses.cc"
#include "kmod_rules/private/headers/translator/inline_examiner.cc"
#include "kmod_rules/private/headers/translator/inline_values.cc"
#include "kmod_rules/private/headers/translator/layout.cc"
#include "kmod_rules/private/headers/translator/macro_aliases.cc"
#include "kmod_rules/private/headers/translator/module_info.cc"
#include "kmod_rules/private/headers/translator/needed_types.cc"
#include "kmod_rules/private/headers/translator/per_cpu.cc"
#include "kmod_rules/private/headers/translator/plugin.cc"
#include "kmod_rules/private/headers/translator/pure_inlines.cc"
#include "kmod_rules/private/headers/translator/replaced_macros.cc"
#include "kmod_rules/private/headers/translator/type_text.cc"
// NOLINTEND(bugprone-suspicious-include)
