// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What the directory that kbuild works in holds: which file under which name, and what kbuild is
// told about them.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/kbuild/kbuild_request.h"

namespace kmod::kbuild {

class ModuleLayout {
 public:
  struct Source {
    std::string file;    // where it comes from
    std::string name;    // in the directory
    std::string object;  // what kbuild makes of it, in the directory; empty for a header
  };
  struct Prebuilt {
    std::string file;
    std::string object;    // in the directory
    std::string cmd_file;  // what kbuild would have written had it built the object
    std::string digest;    // stands for its source; see cmd_file_contents()
  };

  // A source that shares its name with the module is renamed, because the module's own object has
  // that name; prebuilt objects get names that no source has.
  //
  // Errors: a source that is neither C, assembler nor header, leaves the directory, or has the name
  // of another; a module of nothing; an object to output that no source makes.
  [[nodiscard]] static std::expected<ModuleLayout, std::string> make(const KbuildRequest& request);

  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }
  [[nodiscard]] const std::vector<Prebuilt>& prebuilt() const { return prebuilt_; }

  // For --output-object: the object that kbuild makes under the name that was asked for.
  [[nodiscard]] const std::string& object_for(std::string_view requested) const;

  // The Makefile's text.
  [[nodiscard]] std::string makefile() const;

 private:
  std::string module_;
  std::vector<std::string> ccflags_;
  std::vector<Source> sources_;
  std::vector<Prebuilt> prebuilt_;
  std::vector<base::Pair> renamed_;  // requested object, object
};

// The text of a prebuilt object's .cmd file. modpost reads it to compute the module's srcversion
// (only for modules with a version) and stops without one. It gets as source a file with
// digest_contents() of the object, so that the srcversion changes with the C++ code as it does with
// C code. `directory` is the absolute path of the module's directory; it does not reach the module.
[[nodiscard]] std::string cmd_file_contents(const ModuleLayout::Prebuilt& prebuilt,
                                            const std::string& directory);

// The object's bytes in hexadecimal: modpost reads sources as text.
[[nodiscard]] std::string digest_contents(std::string_view object);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_
