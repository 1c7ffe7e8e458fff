// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What run_kbuild is asked to do: its command line, checked.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::kbuild {

// A parameter that the attribute `parameters` declares.
struct ModuleParameter {
  std::string name;
  std::string type;  // the kernel's name of it, such as "uint"
};

struct KbuildRequest {
  enum class Mode : std::uint8_t {
    kModule,   // a .ko of C sources and prebuilt objects
    kObjects,  // only objects: kbuild compiles C sources
    kProject,  // what the Makefiles among the sources say
    kProbes,   // a header that says which C sources compile
  };
  struct Source {
    std::string file;
    std::string name;  // in the module's directory
  };
  // A directory of the action, and its name in debug information and __FILE__.
  struct PathName {
    std::string directory;
    std::string name;
  };
  // A flag for one C or assembler source.
  struct SourceFlag {
    std::string name;  // the source's, in the module's directory
    std::string flag;
  };
  struct OutputObject {
    std::string object;  // its name in the module's directory
    std::string file;
  };
  // A module that the Makefiles of a project build.
  struct BuiltModule {
    std::string name;
    std::string directory;  // of the outputs NAME.ko, NAME.stripped.ko and NAME.Module.symvers
  };
  struct ModuleUse {
    std::string module;
    std::string used;  // another module of the project
  };
  struct Probe {
    std::string object;  // its name in the module's directory
    std::string macro;   // defined if the object's source compiles
  };
  struct MakeVariable {
    std::string name;
    std::string value;  // may be empty
  };

  std::string label;
  std::string module;          // the module's name; for kObjects of all modules that of the library
  std::string kernel_root;     // the kernel's packages, unpacked
  std::string kernel_build;    // the argument of make -C, relative to kernel_root
  std::string kernel_symvers;  // the kernel's Module.symvers; empty if that is in kernel_build
  std::string tools_root;      // holds usr/bin/make, sh and the compiler
  std::string cc;              // a program of tools_root
  std::string demangler;       // llvm-cxxfilt, for messages; empty for a module without C++
  std::string output_ko;
  std::string output_stripped;
  std::string output_symvers;
  std::string directory;   // kProject: that of its first Makefile, below the sources' directory
  std::string references;  // empty for a module without C++
  Mode mode = Mode::kModule;
  bool warnings_as_errors = false;
  bool top_makefile = false;  // not the steps that the kernel's fetch recorded
  // By the attribute `license`; unknown if only the C sources have the license.
  std::optional<bool> gpl_compatible;
  std::vector<Source> sources;
  std::vector<PathName> path_names;
  std::vector<std::string> objects;
  std::vector<std::string> extra_symvers;
  std::vector<OutputObject> output_objects;
  std::string output_constants;  // kObjects: see constants_header.h; of the first object
  std::vector<Probe> probes;
  std::string output_header;
  std::string output_log;
  std::vector<BuiltModule> built_modules;
  std::vector<ModuleUse> module_uses;
  std::vector<ModuleParameter> parameters;
  std::vector<std::string> exports;         // by the attributes exports and exports_gpl
  std::vector<std::string> export_headers;  // by export_hdrs
  std::vector<MakeVariable> make_variables;
  std::vector<std::string> ccflags;
  std::vector<std::string> asflags;
  // For the objects that are compiled already; empty if kbuild runs objtool over the linked module.
  std::vector<std::string> objtool_args;
  std::vector<SourceFlag> source_flags;
  // Directories below the module's, and below the action's working directory.
  std::vector<std::string> includes;
  std::vector<std::string> quote_includes;
  std::vector<std::string> system_includes;
  std::vector<std::string> work_includes;
  // Files that sources include, whatever their extension.
  std::vector<Source> textual;
};

// The flags of run_kbuild, which fill `request`.
[[nodiscard]] base::Flags kbuild_flags(KbuildRequest& request);

// Fills in the name of the library for kObjects that are not for one module, and a name that no
// module has for the other modes without one.
//
// Errors: a flag that this mode needs is missing, or one is given that has no meaning in it.
[[nodiscard]] base::Status check_kbuild_request(KbuildRequest& request);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_
