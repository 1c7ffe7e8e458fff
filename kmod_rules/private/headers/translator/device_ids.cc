// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/macro_text.h"
#include "kmod_rules/private/headers/translator/module_info.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

using Tokens = llvm::ArrayRef<clang::Token>;

struct Initializer {
  std::string member;
  Tokens value;
};

bool is_zero(Tokens tokens, const clang::Preprocessor& preprocessor) {
  return tokens.size() == 1 && preprocessor.getSpelling(tokens.front()) == "0";
}

// ".member = value", or nothing.
std::optional<Initializer> parse_initializer(Tokens tokens) {
  if (tokens.size() < 4 || tokens[0].isNot(clang::tok::period) ||
      tokens[1].isNot(clang::tok::identifier) || tokens[2].isNot(clang::tok::equal)) {
    return std::nullopt;
  }
  std::string member = tokens[1].getIdentifierInfo()->getName().str();
  if (is_cxx_keyword(member)) member += '_';
  return Initializer{.member = std::move(member), .value = tokens.drop_front(3)};
}

// The designated initializers that the macro is; none if it is something else. C may have a 0 for
// the member that follows, which is 0 anyway.
std::vector<Initializer> parse_initializers(const clang::MacroInfo& macro,
                                            const clang::Preprocessor& preprocessor) {
  std::vector<Initializer> initializers;
  Tokens rest = macro.tokens();
  while (!rest.empty()) {
    int depth = 0;
    const auto* end = std::ranges::find_if(rest, [&](const clang::Token& token) {
      if (token.is(clang::tok::l_paren)) ++depth;
      if (token.is(clang::tok::r_paren)) --depth;
      return depth == 0 && token.is(clang::tok::comma);
    });
    const auto size = static_cast<std::size_t>(end - rest.begin());
    const Tokens entry = rest.take_front(size);
    rest = rest.drop_front(std::min(size + 1, rest.size()));
    if (!initializers.empty() && is_zero(entry, preprocessor)) continue;
    auto initializer = parse_initializer(entry);
    if (!initializer) return {};
    initializers.push_back(std::move(*initializer));
  }
  return initializers;
}

// The members of a structure by name, each with its index.
using Members = std::map<std::string, const clang::FieldDecl*>;
using Records = std::map<std::string, Members>;

Records find_device_ids(const clang::ASTContext& context) {
  Records records;
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration);
    if (record == nullptr || !record->isCompleteDefinition() ||
        !record->getName().ends_with("_device_id")) {
      continue;
    }
    Members& members = records[record->getName().str()];
    for (const clang::FieldDecl* member : record->fields()) {
      members.emplace(member->getName().str(), member);
    }
  }
  return records;
}

// The structure that has all the members. With several, a number would be of the wrong one's type;
// then PCI_DEVICE is for pci_device_id.
Records::const_iterator find_record(const Records& records, llvm::StringRef macro,
                                    const std::vector<Initializer>& initializers) {
  const auto fits = [&](const auto& record) {
    return std::ranges::all_of(initializers, [&](const Initializer& initializer) {
      return record.second.contains(initializer.member);
    });
  };
  if (std::ranges::count_if(records, fits) == 1) return std::ranges::find_if(records, fits);
  return std::ranges::find_if(records, [&](const auto& record) {
    llvm::StringRef bus = record.first;
    return bus.consume_back("device_id") && macro.starts_with_insensitive(bus) && fits(record);
  });
}

// Sorts the initializers and prints them for the record.
std::string print_initializers(const std::string& record, const Members& members,
                               std::vector<Initializer> initializers,
                               const clang::Preprocessor& preprocessor) {
  std::ranges::sort(initializers, {}, [&](const Initializer& initializer) {
    return members.at(initializer.member)->getFieldIndex();
  });
  std::string text;
  for (const Initializer& initializer : initializers) {
    if (!text.empty()) text += ", ";
    text += "." + initializer.member + " = ";
    const std::string value = token_text(initializer.value, preprocessor);
    const bool is_number = members.at(initializer.member)->getType()->isIntegerType();
    text += is_number
                ? "static_cast<decltype(" + record + "::" + initializer.member + ")>(" + value + ")"
                : value;
  }
  return text;
}

}  // namespace

void translate_device_ids(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                          const AddMacro& add) {
  const Records records = find_device_ids(context);
  for (const auto& [name, macro] : sorted_macros(preprocessor)) {
    const clang::SourceLocation place = macro->getDefinitionLoc();
    if (!macro->isFunctionLike() || macro->isVariadic() ||
        !is_of_header(place, preprocessor.getSourceManager())) {
      continue;
    }
    const std::vector<Initializer> initializers = parse_initializers(*macro, preprocessor);
    if (initializers.empty()) continue;
    const auto record = find_record(records, name, initializers);
    if (record == records.end()) continue;
    add(place, macro_definition(
                   name, *macro,
                   print_initializers(record->first, record->second, initializers, preprocessor)));
  }
}

}  // namespace kmod::headers
