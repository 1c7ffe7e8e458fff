// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action FindStockModule: finds a module of a kernel's packages by its name or alias. The
// output lists the files that modprobe loads for it, in that order; it is empty if the module is
// built in.
#include <fmt/core.h>

#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/kernel/module_index.h"

namespace kmod::kernel {
namespace {

struct Request {
  std::string label;
  std::string kernel;
  std::string release;
  std::string index;
  std::string module;
  std::string output;
};

base::Result<int> find_stock_module(const Request& request) {
  const ModuleIndex index = KMOD_TRY(ModuleIndex::read(request.index));
  LoadOrder order(index, {});
  if (!order.add(request.module, LoadOrder::Need::kRequired)) {
    return std::unexpected(fmt::format(
        "{}: it names {}, and {}", request.label, request.module,
        index.describe_missing(
            request.module, fmt::format("the kernel {} ({})", request.kernel, request.release))));
  }
  std::string listing;
  for (const std::string& name : order.names()) {
    listing += fmt::format("{}\n", index.module(name)->path);
  }
  KMOD_TRY(base::write_file(request.output, listing));
  return 0;
}

}  // namespace
}  // namespace kmod::kernel

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  kmod::kernel::Request request;
  kmod::base::Flags flags("find_stock_module", "Finds a module of a kernel's packages.");
  flags.add({"label", "LABEL", "the target, for error messages", kOnce},
            kmod::base::text(request.label));
  flags.add({"kernel", "LABEL", "the kernel, for error messages", kOnce},
            kmod::base::text(request.kernel));
  flags.add({"release", "RELEASE", "its release", kOnce}, kmod::base::text(request.release));
  flags.add({"index", "DIR", "depmod's files for its modules", kOnce},
            kmod::base::text(request.index));
  flags.add({"module", "NAME", "the module's name or alias", kOnce},
            kmod::base::text(request.module));
  flags.add({"output", "FILE", "the list of files to write", kOnce},
            kmod::base::text(request.output));
  return kmod::base::run_program(flags, argc, argv,
                                 [&request] { return kmod::kernel::find_stock_module(request); });
}
