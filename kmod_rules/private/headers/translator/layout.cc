// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/layout.h"

#include <cstdint>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/IdentifierTable.h"
#include "kmod_rules/private/headers/translator/type_text.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

class LayoutWriter {
 public:
  LayoutWriter(clang::ASTContext& context, const char* keyword,
               const std::function<bool(const clang::RecordDecl&)>& wanted,
               const std::function<bool(const clang::IdentifierInfo&)>& is_macro,
               llvm::raw_ostream& output)
      : context_(context),
        keyword_(keyword),
        wanted_(wanted),
        is_macro_(is_macro),
        output_(output) {}

  void write(const clang::RecordDecl& record) {
    if (!record.isCompleteDefinition() || record.isInvalidDecl()) return;
    for (const clang::Decl* inner : record.decls()) {
      if (const auto* nested = llvm::dyn_cast<clang::RecordDecl>(inner)) write(*nested);
    }
    if (record.getIdentifier() == nullptr || !wanted_(record)) return;
    if (is_macro_(*record.getIdentifier())) output_ << "#undef " << record.getName() << "\n";
    const std::string name = std::string(tag_keyword(record)) + " " + record.getName().str();
    const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(&record);
    output_ << keyword_ << "(sizeof(" << name << ") == " << layout.getSize().getQuantity()
            << " && _Alignof(" << name << ") == " << layout.getAlignment().getQuantity() << ", \""
            << name << "\");\n";
    write_offsets(record, 0, name);
  }

 private:
  void write_offsets(const clang::RecordDecl& record, std::uint64_t base, const std::string& name) {
    const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(&record);
    for (const clang::FieldDecl* member : record.fields()) {
      const std::uint64_t bits = base + layout.getFieldOffset(member->getFieldIndex());
      if (member->isAnonymousStructOrUnion()) {
        write_offsets(*member->getType()->getAsRecordDecl(), bits, name);
      } else if (!member->isBitField() && member->getIdentifier() != nullptr) {
        if (is_macro_(*member->getIdentifier())) output_ << "#undef " << member->getName() << "\n";
        output_ << keyword_ << "(__builtin_offsetof(" << name << ", " << member->getName()
                << ") == " << bits / 8 << ", \"" << name << "." << member->getName() << "\");\n";
      }
    }
  }

  clang::ASTContext& context_;
  const char* keyword_;
  const std::function<bool(const clang::RecordDecl&)>& wanted_;
  const std::function<bool(const clang::IdentifierInfo&)>& is_macro_;
  llvm::raw_ostream& output_;
};

}  // namespace

void write_layout(clang::ASTContext& context, const char* keyword,
                  const std::function<bool(const clang::RecordDecl&)>& wanted,
                  const std::function<bool(const clang::IdentifierInfo&)>& is_macro,
                  llvm::raw_ostream& output) {
  LayoutWriter writer(context, keyword, wanted, is_macro, output);
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration)) writer.write(*record);
  }
}

}  // namespace kmod::headers
