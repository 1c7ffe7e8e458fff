// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The contents of the directory that kbuild works in: each file with its name, and the Makefile.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

namespace kmod::kbuild {

class ModuleLayout {
 public:
  struct Source {
    std::string file;    // where it comes from
    std::string name;    // in the directory
    std::string object;  // what kbuild compiles it to, in the directory; empty for a header
  };
  struct Prebuilt {
    std::string file;
    std::string object;    // in the directory
    std::string cmd_file;  // the file that kbuild writes when it builds an object
    std::string digest;    // takes the place of its source; see cmd_file_contents()
  };

  // Renames a source that has the module's name, because the module's own object has that name.
  // Gives prebuilt objects names that no source has.
  //
  // Errors: a source that is neither C, assembler nor a header, is outside the directory, or has
  // the name of another; a flag for a source that is not there; a module without contents; an
  // object to output that no source makes.
  [[nodiscard]] static base::Result<ModuleLayout> make(const KbuildRequest& request);

  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }
  [[nodiscard]] const std::vector<Prebuilt>& prebuilt() const { return prebuilt_; }

  // For --output-object: the object that kbuild makes for the requested name.
  [[nodiscard]] const std::string& object_for(std::string_view requested) const;

  // The Makefile's text; empty for a project, which has its own among the sources.
  [[nodiscard]] std::string makefile() const;

 private:
  enum class Use : std::uint8_t { kCompiled, kIncluded };

  explicit ModuleLayout(const KbuildRequest& request)
      : request_(request), stems_{request.module, request.module + ".mod"} {}

  [[nodiscard]] base::Status add_source(const KbuildRequest::Source& source, Use use);
  void add_prebuilt(const std::string& file);

  KbuildRequest request_;
  // Names of files, and of objects without their extension, that are taken.
  std::set<std::string> names_;
  std::set<std::string> stems_;
  std::vector<Source> sources_;
  std::vector<Prebuilt> prebuilt_;
  // What kbuild makes of the C sources: the name without renaming, to the real one.
  std::map<std::string, std::string, std::less<>> objects_;
};

// The text of a prebuilt object's .cmd file. modpost reads it to compute the module's srcversion
// (only for modules with a version) and fails if there is none. As the object's source it names a
// file with digest_contents() of the object, so the srcversion changes with the C++ code as it does
// with C code. `directory` is the absolute path of the module's directory, which does not get into
// the module.
[[nodiscard]] std::string cmd_file_contents(const ModuleLayout::Prebuilt& prebuilt,
                                            const std::string& directory);

// The object's bytes in hexadecimal: modpost reads sources as text.
[[nodiscard]] std::string digest_contents(std::string_view object);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_LAYOUT_H_
