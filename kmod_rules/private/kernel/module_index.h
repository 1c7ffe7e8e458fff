// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds modules of a kernel by name or alias, and what has to be loaded with them, as modprobe
// does: from the files that depmod writes.
#ifndef KMOD_RULES_PRIVATE_KERNEL_MODULE_INDEX_H_
#define KMOD_RULES_PRIVATE_KERNEL_MODULE_INDEX_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/module_info.h"

namespace kmod::kernel {

class ModuleIndex {
 public:
  // The texts of depmod's modules.dep, modules.softdep and modules.alias, and of the kernel's own
  // modules.builtin and modules.builtin.modinfo. Empty for a file that a kernel does not have.
  struct Files {
    std::string dependencies = {};
    std::string soft_dependencies = {};
    std::string aliases = {};
    std::string built_in = {};
    std::string built_in_info = {};
  };

  struct Module {
    std::string path;                       // below lib/modules/RELEASE
    std::vector<std::string> dependencies;  // names, in the order in which they are loaded
    SoftDependencies soft;
  };

  // Errors: a line of another form; the message names the file.
  [[nodiscard]] static base::Result<ModuleIndex> parse(const Files& files);

  // Reads the directory that the action Depmod has written.
  //
  // Errors: a file that cannot be read or parsed.
  [[nodiscard]] static base::Result<ModuleIndex> read(const std::string& directory);

  // The modules of that name or, if there are none, of that alias, with underscores. Empty if there
  // are none, or if it is built in.
  [[nodiscard]] std::vector<std::string> find(std::string_view name_or_alias) const;

  [[nodiscard]] bool is_built_in(std::string_view name_or_alias) const;

  // Null if there is no such module. `name` has underscores.
  [[nodiscard]] const Module* module(const std::string& name) const;

  [[nodiscard]] std::vector<std::string_view> names() const;

  // Says that `kernel`, such as "the kernel @k//:kernel (6.1.0)", has no such module, and which
  // ones have a near name.
  [[nodiscard]] std::string describe_missing(std::string_view name_or_alias,
                                             std::string_view kernel) const;

 private:
  std::map<std::string, Module> modules_;
  std::vector<std::pair<std::string, std::string>> aliases_;  // patterns, and their modules
  std::set<std::string> built_in_;
  std::vector<std::string> built_in_aliases_;  // patterns
};

// Collects modules in the order in which modprobe loads them: first the dependencies of a module,
// each between its soft dependencies, then the module between its own.
class LoadOrder {
 public:
  enum class Need : std::uint8_t {
    kRequired,
    kSoft,  // it may refuse to load, as a driver for another processor does
  };

  // Modules in `given` are loaded by other means.
  LoadOrder(const ModuleIndex& index, std::set<std::string> given)
      : index_(index), given_(std::move(given)) {}

  // Adds what modprobe loads for a name or alias. False if there is no such module; one that is
  // built in or given is. Of several modules with one alias, each is soft.
  bool add(std::string_view name_or_alias, Need need);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  [[nodiscard]] bool requires_module(const std::string& name) const {
    return required_.contains(name);
  }

 private:
  void require(const std::string& name);
  void probe(const std::string& name);
  void append(const std::string& name);

  const ModuleIndex& index_;
  std::set<std::string> given_;
  std::set<std::string> visited_;
  std::set<std::string> appended_;
  std::set<std::string> required_;
  std::vector<std::string> names_;
};

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_MODULE_INDEX_H_
