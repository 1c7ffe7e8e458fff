// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A plugin of Clang that translates the kernel's headers to C++. The main file includes one header
// a line. With output=DIR, it then includes macro_functions.h and ends with #pragma kmod_macros.
// The arguments are:
//
//   report=FILE   gets a line "error<TAB>LINE<TAB>TEXT" for each header with an error, by its line
//                 in the main file. Without an error, and with output=DIR, it gets lines
//                 "count<TAB>WHAT<TAB>NUMBER".
//   headers=N     how many lines of the main file include headers
//   output=DIR    if no header has an error, writes what translated_files.h names
//   inlines=pure  gives C++ the bodies of static inline functions that pure_inlines.h describes
//   bodies=skip   does not look into functions, which is faster
//   bodies=check  an error in a function is one of the header, and of each header that includes it.
//                 Otherwise, C++ cannot call that function.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/translated_files.h"
#include "kmod_rules/private/headers/translator/calls.h"
#include "kmod_rules/private/headers/translator/constants.h"
#include "kmod_rules/private/headers/translator/cxx_body.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "kmod_rules/private/headers/translator/header_errors.h"
#include "kmod_rules/private/headers/translator/header_files.h"
#include "kmod_rules/private/headers/translator/layout.h"
#include "kmod_rules/private/headers/translator/module_info.h"
#include "kmod_rules/private/headers/translator/needed_types.h"
#include "kmod_rules/private/headers/translator/per_cpu.h"
#include "kmod_rules/private/headers/translator/pure_inlines.h"
#include "kmod_rules/private/headers/translator/replaced_macros.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "kmod_rules/private/headers/translator/type_text.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {
namespace {

// Every module includes it first.
constexpr char kFirstHeader[] = "linux/module.h";

struct Options {
  std::string report;
  std::string output;
  unsigned headers = 0;
  bool skip_bodies = false;
  bool check_bodies = false;
  bool pure = false;
};

std::vector<std::string> include_roots(const clang::CompilerInstance& compiler) {
  std::vector<std::string> roots;
  for (const auto& entry : compiler.getHeaderSearchOpts().UserEntries) {
    // The kernel's are those of -I.
    if (entry.Group != clang::frontend::Angled) continue;
    roots.push_back(entry.Path.ends_with("/") ? entry.Path : entry.Path + "/");
  }
  return roots;
}

// The preprocessor reads a variable for each macro that could be a constant instead of the pragma.
class MacrosPragma : public clang::PragmaHandler {
 public:
  MacrosPragma(const HeaderErrors& errors, bool check_bodies)
      : PragmaHandler("kmod_macros"), errors_(errors), check_bodies_(check_bodies) {}

  void HandlePragma(clang::Preprocessor& preprocessor, clang::PragmaIntroducer introducer,
                    clang::Token& /*name*/) override {
    preprocessor.DiscardUntilEndOfDirective();
    // Another run follows, with less headers.
    if (!(check_bodies_ ? errors_.errors() : errors_.errors_outside_functions()).empty()) return;
    std::string text;
    for (const std::string& name : find_constant_candidates(preprocessor)) {
      text += std::string("static const __auto_type ") + kCandidateVariable + name + " = (" + name +
              ");\n";
    }
    clang::SourceManager& sources = preprocessor.getSourceManager();
    const clang::FileID file =
        sources.createFileID(llvm::MemoryBuffer::getMemBufferCopy(text, "macros"),
                             clang::SrcMgr::C_User, 0, 0, introducer.Loc);
    preprocessor.EnterSourceFile(file, nullptr, introducer.Loc);
  }

 private:
  const HeaderErrors& errors_;
  bool check_bodies_;
};

class Translator : public clang::ASTConsumer {
 public:
  Translator(clang::CompilerInstance& compiler, Options options)
      : compiler_(compiler),
        options_(std::move(options)),
        files_(compiler.getSourceManager(), include_roots(compiler)) {
    compiler.getPreprocessor().addPPCallbacks(files_.record_includes());
    auto errors = std::make_unique<HeaderErrors>(compiler, options_.headers);
    errors_ = errors.get();
    compiler.getDiagnostics().setClient(errors.release());
    // A header that is missing is an error of the header that includes it, and not the end.
    compiler.getDiagnostics().setFatalsAsError(true);
    compiler.getFrontendOpts().SkipFunctionBodies = options_.skip_bodies;
    compiler.getPreprocessor().AddPragmaHandler(
        std::make_unique<MacrosPragma>(*errors_, options_.check_bodies).release());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    std::error_code failure;
    llvm::raw_fd_ostream report(options_.report, failure);
    const std::map<unsigned, std::string> errors = find_errors();
    for (const auto& [line, text] : errors) report << "error\t" << line << "\t" << text << "\n";
    if (errors.empty() && !options_.output.empty()) translate(context, report);
  }

 private:
  // By line of the main file.
  [[nodiscard]] std::map<unsigned, std::string> find_errors() const {
    if (!errors_->errors_outside_functions().empty()) return errors_->errors_outside_functions();
    if (!options_.check_bodies) return {};
    std::map<unsigned, std::string> errors = errors_->errors();
    for (unsigned line : files_.lines_that_include(errors_->files())) {
      errors.emplace(line, "it includes a header with an error");
    }
    return errors;
  }

  void translate(clang::ASTContext& context, llvm::raw_ostream& report) {
    clang::Preprocessor& preprocessor = compiler_.getPreprocessor();
    const TypeText types(context, preprocessor);
    DeclaredNames names = find_declared_names(*context.getTranslationUnitDecl());
    const Calls calls = find_calls(context, preprocessor, files_, types, *errors_);
    write_file(kCLayoutFile, [&](llvm::raw_ostream& output) {
      write_layout(
          context, "_Static_assert", [](const clang::RecordDecl&) { return true; },
          [&](const clang::IdentifierInfo& name) {
            return preprocessor.getMacroInfo(&name) != nullptr;
          },
          output);
    });

    write_file(kTypesFile, [&](llvm::raw_ostream& output) { write_types(context, output); });
    rename_for_cxx(context, names);
    DeclarationPrinter printer(context, types, names, calls.functions);
    PureInlines pure;
    if (options_.pure) pure = find_pure(context, calls.functions.callable);
    add_declarations(context, printer, pure.functions, types);
    add_macro_functions(calls, types);
    const auto add_macro = [this](clang::SourceLocation place, std::string text) {
      files_.add_macro(place, std::move(text));
    };
    const unsigned constants = translate_constants(context, preprocessor, names, types, add_macro);
    translate_macros_with_arguments(preprocessor, add_macro);
    translate_module_info(context, preprocessor, add_macro);
    translate_device_ids(context, preprocessor, add_macro);
    explain_replaced_macros(preprocessor, add_macro);
    add_per_cpu_templates(preprocessor, add_macro);
    files_.find_first_headers();
    keep_pure(pure);
    write_file(kPureFile, [&](llvm::raw_ostream& output) {
      for (const auto& [function, arguments] : pure.functions) {
        output << function->getName() << "\t" << files_.line_of(function->getBeginLoc()) << "\t"
               << arguments << "\n";
      }
    });
    write_file(kCallsFile, [&](llvm::raw_ostream& output) {
      for (const auto& [name, call] : calls.calls) {
        const std::vector<std::string> first = files_.first_headers(call.header);
        output << name << "\t";
        // Such a header often calls functions that it does not include either.
        if (!first.empty()) output << kFirstHeader << " ";
        for (const std::string& other : first) output << other << " ";
        output << call.header << "\t" << call.code << "\n";
      }
    });
    write_file(kHeadersFile, [this](llvm::raw_ostream& output) { files_.write(output); });
    write_file(kSymbolsFile, [&](llvm::raw_ostream& output) {
      for (const std::string& name : printer.symbols()) output << name << "\n";
    });
    write_file(kCxxLayoutFile, [&](llvm::raw_ostream& output) {
      write_layout(
          context, "static_assert",
          [&](const clang::RecordDecl& record) { return printer.has_defined(record); },
          [](const clang::IdentifierInfo&) { return false; }, output);
    });
    const DeclarationPrinter::Counts& counts = printer.counts();
    report << "count\trecords\t" << counts.records << "\ncount\tfunctions\t" << counts.functions
           << "\ncount\tinline functions\t" << counts.inlines
           << "\ncount\tinline functions refused\t" << calls.functions.refused.size() << "\ncount\t"
           << kMacroFunctionsCount << "\t" << calls.macros.size()
           << "\ncount\tmacros for functions\t" << calls.aliases.size() << "\ncount\tconstants\t"
           << constants << "\ncount\tper-CPU variables\t" << counts.per_cpu_variables << "\n";
    for (const auto& [reason, number] : pure.calls) {
      report << "count\t" << kStaysCallCount << reason << "\t" << number << "\n";
    }
  }

  void write_types(clang::ASTContext& context, llvm::raw_ostream& output) {
    for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
      const auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration);
      const bool is_record =
          record != nullptr && record->isCompleteDefinition() && record->getIdentifier() != nullptr;
      const auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(declaration);
      if (!is_record && type == nullptr) continue;
      const std::string header =
          files_.name(compiler_.getSourceManager().getFileID(declaration->getLocation()));
      if (header.empty()) continue;
      if (is_record) output << tag_keyword(*record) << " ";
      output << (is_record ? record->getName() : type->getName()) << "\t" << header << "\n";
    }
  }

  template <class Write>
  void write_file(const char* name, const Write& write) {
    std::error_code failure;
    llvm::raw_fd_ostream output(options_.output + "/" + name, failure);
    write(output);
  }

  // C that calls a function whose name is a macro of another one calls that.
  PureInlines find_pure(const clang::ASTContext& context, const std::set<std::string>& callable) {
    clang::Preprocessor& preprocessor = compiler_.getPreprocessor();
    std::set<std::string> candidates;
    for (const std::string& name : callable) {
      const clang::IdentifierInfo* identifier = preprocessor.getIdentifierInfo(name);
      const clang::MacroInfo* macro = preprocessor.getMacroInfo(identifier);
      const bool is_itself = macro != nullptr && macro->isObjectLike() &&
                             macro->getNumTokens() == 1 &&
                             macro->getReplacementToken(0).getIdentifierInfo() == identifier;
      if (macro == nullptr || is_itself) candidates.insert(name);
    }
    PureInlines pure = find_pure_inlines(context, candidates);
    if (candidates.size() != callable.size()) {
      pure.calls["a macro has its name"] +=
          static_cast<unsigned>(callable.size() - candidates.size());
    }
    return pure;
  }

  // Leaves in `pure` what can stand where the kernel has it.
  void keep_pure(PureInlines& pure) {
    const std::set<const clang::Decl*> kept = files_.keep_pure();
    for (auto function = pure.functions.begin(); function != pure.functions.end();) {
      if (kept.contains(function->first)) {
        ++function;
        continue;
      }
      function = pure.functions.erase(function);
      ++pure.calls["what it needs can come later"];
    }
  }

  void add_declarations(clang::ASTContext& context, DeclarationPrinter& printer,
                        const PureFunctions& pure, const TypeText& types) {
    const clang::SourceManager& sources = compiler_.getSourceManager();
    std::map<clang::FileID, std::unordered_set<std::string>> seen_enums;
    for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
      const clang::SourceLocation place = sources.getExpansionLoc(declaration->getBeginLoc());
      if (!is_of_header(place, sources)) continue;
      const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
      if (function != nullptr && function->getDefinition() != nullptr &&
          pure.contains(function->getDefinition())) {
        if (function->isThisDeclarationADefinition()) {
          add_pure(context, *function, printer, types, seen_enums[sources.getFileID(place)]);
        }
        continue;
      }
      std::string text = printer.print(*declaration);
      if (text.empty()) continue;
      text.insert(0, printer.declare_enums(text, seen_enums[sources.getFileID(place)]));
      const bool defines = llvm::isa<clang::FunctionDecl, clang::VarDecl>(declaration) ||
                           text.find('{') != std::string::npos;
      const auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration);
      const bool completes = record != nullptr && record->isCompleteDefinition();
      files_.add(place, std::move(text), defines, completes ? record : nullptr);
      find_needed_types(context, *declaration, [&](const clang::Decl& needed) {
        files_.need(place, needed.getLocation());
      });
    }
  }

  void add_pure(clang::ASTContext& context, const clang::FunctionDecl& function,
                DeclarationPrinter& printer, const TypeText& types,
                std::unordered_set<std::string>& seen) {
    CxxBody body = print_cxx_body(function, context, types);
    HeaderFiles::PureFunction pure;
    pure.call = printer.print(function);
    pure.definition = printer.print_definition(function, body.text);
    // In a body, C++ would declare records anew.
    for (const clang::RecordDecl* record : body.named) {
      const std::string name = std::string(tag_keyword(*record)) + " " + record->getName().str();
      if (seen.insert(name).second) pure.first += name + ";\n";
    }
    pure.first.insert(0, printer.declare_enums(pure.call + pure.definition, seen));
    pure.declared = &function;
    pure.needed = std::move(body.needed);
    const clang::SourceLocation place =
        compiler_.getSourceManager().getExpansionLoc(function.getBeginLoc());
    files_.add_pure(place, std::move(pure));
    find_needed_types(context, function,
                      [&](const clang::Decl& needed) { files_.need(place, needed.getLocation()); });
  }

  void add_macro_functions(const Calls& calls, const TypeText& types) {
    const auto declare = [&](const std::string& name, const clang::FunctionDecl& function,
                             clang::SourceLocation place) {
      const std::string signature = types.signature(
          function, declared_name(name),
          [](const clang::ParmVarDecl& parameter, unsigned) { return parameter.getName().str(); });
      files_.add_macro(place, signature + " __asm__(\"" + call_symbol(name) + "\");\n");
      find_needed_types(compiler_.getASTContext(), function, [&](const clang::Decl& needed) {
        files_.need(place, needed.getLocation());
      });
    };
    clang::Preprocessor& preprocessor = compiler_.getPreprocessor();
    for (const auto& [name, function] : calls.macros) {
      const clang::MacroInfo* macro =
          preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name));
      declare(name, *function, macro->getDefinitionLoc());
    }
    for (const auto& [name, alias] : calls.aliases) declare(name, *alias.function, alias.place);
  }

  clang::CompilerInstance& compiler_;
  Options options_;
  HeaderFiles files_;
  HeaderErrors* errors_ = nullptr;
};

class TranslateAction : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef /*file*/) override {
    return std::make_unique<Translator>(compiler, options_);
  }

  bool ParseArgs(const clang::CompilerInstance& /*compiler*/,
                 const std::vector<std::string>& arguments) override {
    for (llvm::StringRef argument : arguments) {
      if (argument.consume_front("report=")) {
        options_.report = argument.str();
      } else if (argument.consume_front("output=")) {
        options_.output = argument.str();
      } else if (argument == "bodies=skip") {
        options_.skip_bodies = true;
      } else if (argument == "bodies=check") {
        options_.check_bodies = true;
      } else if (argument == "inlines=pure") {
        options_.pure = true;
      } else if (!argument.consume_front("headers=") ||
                 argument.getAsInteger(10, options_.headers)) {
        return false;
      }
    }
    return !options_.report.empty();
  }

  ActionType getActionType() override { return ReplaceAction; }

 private:
  Options options_;
};

const clang::FrontendPluginRegistry::Add<TranslateAction> registration(
    "translate", "translates the headers of a kernel to C++");

}  // namespace
}  // namespace kmod::headers
