// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a module says about itself outside of its functions: MODULE_DEVICE_TABLE(), MODULE_ALIAS()
// and the other macros over MODULE_INFO(), and macros for the entries of device tables, such as
// PCI_DEVICE().
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MODULE_INFO_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MODULE_INFO_H_

#include <functional>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Preprocessor.h"

namespace kmod::headers {

using AddMacro = std::function<void(clang::SourceLocation place, std::string text)>;

// Calls `add` with the place of each macro that ends in MODULE_INFO() and takes only texts, and of
// MODULE_DEVICE_TABLE(), and with the macro for C++.
void translate_module_info(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                           const AddMacro& add);

// The same for macros that are designated initializers of one of the structures `…_device_id`. C++
// wants them in the order of the members, and with the types of these. Call it after
// rename_for_cxx().
void translate_device_ids(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                          const AddMacro& add);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MODULE_INFO_H_
