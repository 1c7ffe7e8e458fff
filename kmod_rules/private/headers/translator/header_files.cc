// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/header_files.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clang/Lex/Token.h"
#include "kmod_rules/private/headers/translated_files.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"

namespace kmod::headers {
namespace {

std::string line_mark(unsigned line) { return "#line " + std::to_string(line); }

}  // namespace

class HeaderFiles::Recorder : public clang::PPCallbacks {
 public:
  explicit Recorder(HeaderFiles& files) : files_(files) {}

  void InclusionDirective(clang::SourceLocation hash, const clang::Token& /*include*/,
                          llvm::StringRef /*name*/, bool /*angled*/,
                          clang::CharSourceRange /*range*/, clang::OptionalFileEntryRef file,
                          llvm::StringRef /*search*/, llvm::StringRef /*relative*/,
                          const clang::Module* /*module*/, bool /*imported*/,
                          clang::SrcMgr::CharacteristicKind /*kind*/) override {
    last_.reset();
    if (!file) return;
    const auto [includer, offset] = files_.sources_.getDecomposedExpansionLoc(hash);
    std::vector<Item>& items = files_.items_[includer];
    items.push_back({.offset = offset, .order = files_.order_++, .include = file->getName().str()});
    last_ = {includer, items.size() - 1};
  }

  void LexedFileChanged(clang::FileID file, LexedFileChangeReason reason,
                        clang::SrcMgr::CharacteristicKind /*kind*/, clang::FileID /*previous*/,
                        clang::SourceLocation /*place*/) override {
    if (reason == LexedFileChangeReason::EnterFile) {
      files_.items_[file];
      if (const clang::FileEntry* entry = files_.sources_.getFileEntryForID(file)) {
        files_.first_reads_.emplace(entry, file);
      }
      if (last_) files_.items_[last_->first][last_->second].entered = file;
    }
    last_.reset();
  }

 private:
  HeaderFiles& files_;
  std::optional<std::pair<clang::FileID, std::size_t>> last_;
};

HeaderFiles::HeaderFiles(clang::SourceManager& sources, std::vector<std::string> roots)
    : sources_(sources), roots_(std::move(roots)) {
  // The shortest one first: include/uapi/linux/fs.h is <uapi/linux/fs.h>.
  std::ranges::sort(roots_, {},
                    [](const std::string& root) { return std::pair(root.size(), root); });
}

std::unique_ptr<clang::PPCallbacks> HeaderFiles::record_includes() {
  return std::make_unique<Recorder>(*this);
}

std::string HeaderFiles::name_of_path(const std::string& path) const {
  llvm::SmallString<256> clean{llvm::StringRef(path)};
  llvm::sys::path::remove_dots(clean, true);
  for (const std::string& root : roots_) {
    llvm::StringRef rest = clean;
    if (rest.consume_front(root)) return rest.str();
  }
  return "";
}

std::string HeaderFiles::name(clang::FileID file) const {
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  return entry ? name_of_path(entry->getName().str()) : "";
}

std::string HeaderFiles::included_by_main(clang::SourceLocation place) const {
  const MainInclude include = find_main_include(place, sources_);
  return include.place.isValid() && include.header.isValid() ? name(include.header) : "";
}

void HeaderFiles::add(clang::SourceLocation place, std::string text, bool defines,
                      const clang::Decl* declared) {
  auto [file, offset] = sources_.getDecomposedExpansionLoc(place);
  // In "extern enum e {…} v;", the variable begins before the enumeration that it needs.
  unsigned& last = last_offsets_[file];
  last = std::max(last, offset);
  items_[file].push_back({.offset = last,
                          .order = order_++,
                          .text = std::move(text),
                          .defines = defines,
                          .declared = declared});
}

void HeaderFiles::add_pure(clang::SourceLocation place, PureFunction function) {
  const clang::Decl* declared = function.declared;
  add(place, "", true, declared);
  items_[sources_.getDecomposedExpansionLoc(place).first].back().pure = std::move(function);
}

void HeaderFiles::add_macro(clang::SourceLocation place, std::string text) {
  auto [file, offset] = sources_.getDecomposedExpansionLoc(place);
  const clang::FileEntry* entry = sources_.getFileEntryForID(file);
  if (const auto first = first_reads_.find(entry); first != first_reads_.end()) {
    file = first->second;
  }
  items_[file].push_back(
      {.offset = offset, .order = order_++, .text = std::move(text), .defines = true});
}

std::set<unsigned> HeaderFiles::lines_that_include(const std::set<clang::FileID>& files) const {
  std::set<std::string> wanted;
  for (clang::FileID file : files) wanted.insert(name(file));
  wanted.erase("");
  std::map<std::string, std::set<std::string>> includes;
  for (const auto& [file, items] : items_) {
    const std::string includer = name(file);
    if (includer.empty()) continue;
    for (const Item& item : items) {
      if (!item.include.empty()) includes[includer].insert(name_of_path(item.include));
    }
  }
  const auto is_wanted = [&](const std::string& header) { return wanted.contains(header); };
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [includer, included] : includes) {
      if (is_wanted(includer) || std::ranges::none_of(included, is_wanted)) continue;
      wanted.insert(includer);
      grown = true;
    }
  }
  std::set<unsigned> lines;
  const auto main = items_.find(sources_.getMainFileID());
  if (main == items_.end()) return lines;
  for (const Item& item : main->second) {
    if (wanted.contains(name_of_path(item.include))) {
      lines.insert(sources_.getLineNumber(main->first, item.offset));
    }
  }
  return lines;
}

void HeaderFiles::sort_items() {
  for (auto& [file, items] : items_) {
    std::ranges::sort(items, {},
                      [](const Item& item) { return std::tuple(item.offset, item.order); });
  }
}

std::pair<std::size_t, std::size_t> HeaderFiles::size(clang::FileID file) const {
  const std::vector<Item>& items = items_.at(file);
  return {static_cast<std::size_t>(std::ranges::count_if(items, &Item::defines)), items.size()};
}

// Headers without a guard that declare something each time they are read.
std::set<clang::FileID> HeaderFiles::read_each_time(const Reads& headers) const {
  std::set<clang::FileID> result;
  for (const auto& [name, reads] : headers) {
    const auto defining =
        std::ranges::count_if(reads, [&](clang::FileID file) { return size(file).first != 0; });
    if (defining > 1) result.insert(reads.begin(), reads.end());
  }
  return result;
}

void HeaderFiles::print_include(const Item& item, const std::set<clang::FileID>& textual, int depth,
                                Output& output) {
  if (textual.contains(item.entered) && depth < kMostNested) {
    print(item.entered, textual, depth + 1, output);
    return;
  }
  std::string header = name_of_path(item.include);
  // The compiler's own, such as <stdarg.h>.
  if (header.empty()) header = llvm::sys::path::filename(item.include).str();
  if (std::exchange(output.in_c, false)) {
    output.text += "}\n";
    ++output.line;
  }
  output.text += "#include <" + header + ">\n";
  ++output.line;
}

void HeaderFiles::print(clang::FileID file, const std::set<clang::FileID>& textual, int depth,
                        Output& output) {
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  const std::string path = entry ? entry->getName().str() : "";
  for (const Item& item : items_.at(file)) {
    if (!item.include.empty()) {
      print_include(item, textual, depth, output);
      continue;
    }
    if (!std::exchange(output.in_c, true)) {
      output.text += "extern \"C\" {\n";
      ++output.line;
    }
    const unsigned line = sources_.getLineNumber(file, item.offset);
    if (std::exchange(output.file, file) != file) {
      output.text += line_mark(line) + " \"" + path + "\"\n";
    } else if (output.line != line) {
      output.text += line_mark(line) + "\n";
    }
    if (item.pure) {
      print_pure(*item.pure, line, output);
      continue;
    }
    output.text += item.text;
    output.line = line + static_cast<unsigned>(std::ranges::count(item.text, '\n'));
  }
}

// The host's tests define static inline functions themselves.
void HeaderFiles::print_pure(const PureFunction& function, unsigned line, Output& output) {
  output.text += function.first;
  if (function.definition.empty()) {
    output.text += function.call;
  } else {
    output.text += kPureFunctionBegin + function.call + "#else\n" + line_mark(line) + "\n" +
                   function.definition + "#endif\n";
  }
  output.line = 0;
}

HeaderFiles::Reads HeaderFiles::find_reads() const {
  Reads headers;
  for (const auto& [file, items] : items_) {
    if (const std::string header = name(file); !header.empty()) headers[header].push_back(file);
  }
  return headers;
}

clang::FileID HeaderFiles::fullest(const std::vector<clang::FileID>& reads) const {
  return *std::ranges::max_element(reads, {}, [&](clang::FileID file) { return size(file); });
}

void HeaderFiles::need(clang::SourceLocation user, clang::SourceLocation needed) {
  const clang::FileID file = sources_.getDecomposedExpansionLoc(user).first;
  const clang::FileID other = sources_.getDecomposedExpansionLoc(needed).first;
  if (file != other) needs_[file].insert(other);
}

void HeaderFiles::find_first_headers() {
  const Reads headers = find_reads();
  std::unordered_map<std::string, std::size_t> indices;
  for (const auto& [header, reads] : headers) indices.emplace(header, indices.size());
  std::vector<std::vector<std::size_t>> includes(headers.size());
  for (const auto& [header, reads] : headers) {
    for (const Item& item : items_.at(fullest(reads))) {
      const auto included = indices.find(name_of_path(item.include));
      if (included != indices.end()) includes[indices.at(header)].push_back(included->second);
    }
  }
  // For which header another one is known to be there, by index.
  std::vector<const std::string*> there(headers.size());
  const auto add_included = [&](const std::string& added, const std::string& header) {
    std::vector<std::size_t> next = {indices.at(added)};
    while (!next.empty()) {
      const std::size_t current = next.back();
      next.pop_back();
      if (std::exchange(there[current], &header) == &header) continue;
      next.insert(next.end(), includes[current].begin(), includes[current].end());
    }
  };
  for (const auto& [header, reads] : headers) {
    std::set<std::string> needed;
    for (const clang::FileID file : reads) {
      if (const auto needs = needs_.find(file); needs != needs_.end()) {
        for (const clang::FileID other : needs->second) needed.insert(name(other));
      }
    }
    needed.erase("");
    if (needed.empty()) continue;
    add_included(header, header);
    for (const std::string& other : needed) {
      if (there[indices.at(other)] == &header) continue;
      first_headers_[header].push_back(other);
      add_included(other, header);
    }
  }
}

void HeaderFiles::add_first_headers(const std::string& header, std::set<std::string>& seen,
                                    std::vector<std::string>& order) const {
  const auto first = first_headers_.find(header);
  if (first == first_headers_.end()) return;
  for (const std::string& other : first->second) {
    if (!seen.insert(other).second) continue;
    add_first_headers(other, seen, order);
    order.push_back(other);
  }
}

std::vector<std::string> HeaderFiles::first_headers(const std::string& header) const {
  std::set<std::string> seen = {header};
  std::vector<std::string> order;
  add_first_headers(header, seen, order);
  return order;
}

std::string HeaderFiles::line_of(clang::SourceLocation place) const {
  const auto [file, offset] = sources_.getDecomposedExpansionLoc(place);
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  return (entry ? entry->getName().str() : "") + ":" +
         std::to_string(sources_.getLineNumber(file, offset));
}

void HeaderFiles::write(llvm::raw_ostream& output) {
  sort_items();
  const Reads headers = find_reads();
  const std::set<clang::FileID> textual = read_each_time(headers);
  for (const auto& [header, reads] : headers) {
    const clang::FileID file = fullest(reads);
    std::set<clang::FileID> inner = textual;
    inner.erase(file);
    Output printed;
    printed.text = "#pragma GCC system_header\n";
    print(file, inner, 0, printed);
    if (printed.in_c) printed.text += "}\n";
    output << kHeaderMark << header;
    for (const std::string& first : first_headers(header)) output << " " << first;
    output << "\n" << printed.text;
  }
}

}  // namespace kmod::headers
