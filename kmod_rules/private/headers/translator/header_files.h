// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which header has which text, at which place: a translated header declares what the kernel's
// declares and includes what it includes, in the same order.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_FILES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_FILES_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {

class HeaderFiles {
 public:
  // `roots` are the include directories, each with a slash at its end.
  HeaderFiles(clang::SourceManager& sources, std::vector<std::string> roots);

  // Records each #include, while the preprocessor runs.
  [[nodiscard]] std::unique_ptr<clang::PPCallbacks> record_includes();

  // Adds a text at a place. `defines` says that the text is more than the repetition of something.
  // A text that is added after another one of the same file never comes before it.
  // `declared` is the declaration that the text defines, if add_pure() can need it.
  void add(clang::SourceLocation place, std::string text, bool defines,
           const clang::Decl* declared = nullptr);

  // The same for a static inline function that C++ has the body of. `call` declares the C function
  // instead, for a host and for a function that does not stay pure. `needed` has to come before it,
  // each of which is a declaration that was added with `declared`.
  struct PureFunction {
    std::string first;  // declarations before it
    std::string call;
    std::string definition;
    const clang::Decl* declared = nullptr;
    std::set<const clang::Decl*> needed = {};
  };
  void add_pure(clang::SourceLocation place, PureFunction function);

  // The same for a macro. A header that was read several times has it where it was read first.
  void add_macro(clang::SourceLocation place, std::string text);

  // Says that a text at `user` needs the declaration at `needed`.
  void need(clang::SourceLocation user, clang::SourceLocation needed);

  // The headers that have to be included before the header, because it needs what it does not
  // include itself. Each comes behind those that it needs itself.
  [[nodiscard]] std::vector<std::string> first_headers(const std::string& header) const;

  // The name by which code includes the file, such as "linux/fs.h"; empty if it has none.
  [[nodiscard]] std::string name(clang::FileID file) const;

  // The header that the main file includes and through which the place was reached.
  [[nodiscard]] std::string included_by_main(clang::SourceLocation place) const;

  // The lines of the main file with a header that includes one of `files`, directly or not.
  [[nodiscard]] std::set<unsigned> lines_that_include(const std::set<clang::FileID>& files) const;

  // Finds what first_headers() returns. Nothing may be added after it.
  void find_first_headers();

  // Makes calls of the functions of add_pure() that need what does not come before them if some
  // header is included first, or that need such a function. Returns the others.
  [[nodiscard]] std::set<const clang::Decl*> keep_pure();

  // The place of the kernel's file, as the compiler names it: "include/linux/list.h:30".
  [[nodiscard]] std::string line_of(clang::SourceLocation place) const;

  // Writes kHeaderMark with the name and the first headers, and the text, for each header.
  void write(llvm::raw_ostream& output);

 private:
  class Recorder;

  struct Item {
    unsigned offset = 0;
    unsigned order = 0;
    std::string text = {};
    bool defines = false;
    std::string include = {};    // the path of the included file, instead of `text`
    clang::FileID entered = {};  // invalid if the file was not read again
    const clang::Decl* declared = nullptr;
    std::optional<PureFunction> pure = {};  // instead of `text`
  };

  // Headers without a guard can include each other.
  static constexpr int kMostNested = 20;

  class Inclusion;

  // What is being written.
  struct Output {
    std::string text;
    bool in_c = false;  // in extern "C"
    clang::FileID file;
    unsigned line = 0;  // of the next line of `text`, to the compiler
  };

  using Reads = std::map<std::string, std::vector<clang::FileID>>;  // by header

  [[nodiscard]] Reads find_reads() const;
  [[nodiscard]] clang::FileID fullest(const std::vector<clang::FileID>& reads) const;
  void add_first_headers(const std::string& header, std::set<std::string>& seen,
                         std::vector<std::string>& order) const;
  [[nodiscard]] std::string name_of_path(const std::string& path) const;
  void sort_items();
  [[nodiscard]] std::set<clang::FileID> read_each_time(const Reads& headers) const;
  void print(clang::FileID file, const std::set<clang::FileID>& textual, int depth, Output& output);
  static void print_pure(const PureFunction& function, unsigned line, Output& output);
  void print_include(const Item& item, const std::set<clang::FileID>& textual, int depth,
                     Output& output);
  [[nodiscard]] std::pair<std::size_t, std::size_t> size(clang::FileID file) const;

  clang::SourceManager& sources_;
  std::vector<std::string> roots_;
  std::map<clang::FileID, std::vector<Item>> items_;
  std::map<clang::FileID, unsigned> last_offsets_;
  std::map<clang::FileID, std::set<clang::FileID>> needs_;
  std::map<std::string, std::vector<std::string>> first_headers_;  // without those they need
  std::unordered_map<const clang::FileEntry*, clang::FileID> first_reads_;
  unsigned order_ = 0;
};

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_FILES_H_
