// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action ImportModule: checks a .ko that was built elsewhere, and gives it and its exports to
// other rules.
#include <fmt/core.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/kernel/module_info.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/import/imported_module.h"

namespace kmod::module_import {
namespace {

struct Request {
  std::string label;
  std::string name;
  std::string ko;
  std::string symvers;  // empty if there is none
  std::string release;
  std::string config;
  std::vector<std::string> exports;
  std::string output_ko;
  std::string output_symvers;
};

base::Status import(const Request& request) {
  const std::string ko = KMOD_TRY(base::read_file(request.ko));
  const auto module = kernel::parse_module_info(ko);
  if (!module) return std::unexpected(fmt::format("{} {}", request.ko, module.error()));
  if (!module->name.empty() && module->name != kernel::kernel_name(request.name)) {
    return std::unexpected(
        fmt::format("{} is the module {}, and the kernel knows it by that name. Set module_name = "
                    "\"{}\".",
                    request.ko, module->name, module->name));
  }
  const std::string config = KMOD_TRY(base::read_file(request.config));
  KMOD_TRY(check_vermagic(*module, vermagic_of(request.release, config)));
  kernel::Symvers exports;
  for (const std::string& file : request.exports) {
    KMOD_TRY(exports.add(KMOD_TRY(base::read_file(file)), file));
  }
  KMOD_TRY(check_symbols(*module, exports));
  std::string own;
  if (!request.symvers.empty()) {
    own = KMOD_TRY(own_symvers(*module, request.name, KMOD_TRY(base::read_file(request.symvers)),
                               request.symvers));
  }
  KMOD_TRY(base::write_file(request.output_symvers, own));
  return base::write_file(request.output_ko, ko);
}

}  // namespace
}  // namespace kmod::module_import

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  using kmod::base::text;
  kmod::module_import::Request request;
  kmod::base::Flags flags("import_module", "Checks a .ko that was built elsewhere.");
  flags.add({"label", "LABEL", "the target, for error messages", kOnce}, text(request.label));
  flags.add({"name", "NAME", "the module's name", kOnce}, text(request.name));
  flags.add({"ko", "FILE", "the module", kOnce}, text(request.ko));
  flags.add({"symvers", "FILE", "the Module.symvers of its build"}, text(request.symvers));
  flags.add({"release", "RELEASE", "the kernel's release", kOnce}, text(request.release));
  flags.add({"config", "FILE", "the kernel's .config", kOnce}, text(request.config));
  flags.add({"exports", "FILE", "a Module.symvers of the kernel or of module_deps", kOneOrMore},
            kmod::base::append(request.exports));
  flags.add({"output-ko", "FILE", "the module to write", kOnce}, text(request.output_ko));
  flags.add({"output-symvers", "FILE", "its own exports to write", kOnce},
            text(request.output_symvers));
  return kmod::base::run_program(flags, argc, argv, [&request]() -> kmod::base::Result<int> {
    const auto imported = kmod::module_import::import(request);
    if (imported) return 0;
    // Begins with the target's label instead of the program's name, which means nothing to a user.
    fmt::print(stderr, "{}: {}\n", request.label, imported.error());
    return 1;
  });
}
