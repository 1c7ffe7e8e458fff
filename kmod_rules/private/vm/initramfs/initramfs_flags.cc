// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs_flags.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/initramfs/guest_program.h"
#include "kmod_rules/private/vm/initramfs/stock_modules.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {
namespace {

using Entries = std::vector<std::function<base::Status(Initramfs&)>>;

std::optional<std::uint32_t> parse_below(std::string_view text, int base, std::uint32_t most) {
  const auto number = base::parse_number<std::uint32_t>(text, base);
  return number && *number <= most ? number : std::nullopt;
}

std::optional<std::uint32_t> parse_mode(std::string_view text) {
  return parse_below(text, 8, 07777);
}

std::unexpected<std::string> malformed(std::string_view shape) {
  return std::unexpected(fmt::format("is not of the form {}", shape));
}

base::Status add_program(const std::string& path, const std::string& source, Initramfs& initramfs) {
  std::string contents = KMOD_TRY(base::read_file(source));
  if (const auto fit = check_guest_program(contents); !fit) {
    return std::unexpected(fmt::format("the program {} {}", source, fit.error()));
  }
  return initramfs.add_file(path, 0755, std::move(contents));
}

base::Status add_tree(const std::string& path, const std::filesystem::path& source,
                      Initramfs& initramfs) {
  std::error_code error;
  if (!std::filesystem::is_directory(source, error)) {
    return initramfs.add_file(path, 0755, KMOD_TRY(base::read_file(source)));
  }
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator entry(source, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  if (error) {
    return std::unexpected(
        fmt::format("cannot read the directory {}: {}", source.string(), error.message()));
  }
  std::ranges::sort(names);
  KMOD_TRY(initramfs.add_directory(path));
  for (const std::string& name : names) {
    KMOD_TRY(add_tree(fmt::format("{}/{}", path, name), source / name, initramfs));
  }
  return {};
}

// A path in the archive cannot contain a colon; the path of a source can.
base::FlagSetter file_entry(Entries& entries) {
  return base::pair(':', [&entries](std::string path, const std::string& rest) -> base::Status {
    const std::size_t colon = rest.find(':');
    const auto mode = parse_mode(std::string_view(rest).substr(0, colon));
    if (colon == std::string::npos || colon + 1 == rest.size() || !mode) {
      return malformed("PATH:MODE:FILE, with an octal mode");
    }
    entries.emplace_back([path = std::move(path), mode = *mode,
                          source = rest.substr(colon + 1)](Initramfs& initramfs) -> base::Status {
      return initramfs.add_file(path, mode, KMOD_TRY(base::read_file(source)));
    });
    return {};
  });
}

base::FlagSetter source_entry(Entries& entries, base::Status (*add)(const std::string& path,
                                                                    const std::string& source,
                                                                    Initramfs& initramfs)) {
  return base::pair(':', [&entries, add](std::string path, std::string source) -> base::Status {
    entries.emplace_back([path = std::move(path), source = std::move(source),
                          add](Initramfs& initramfs) { return add(path, source, initramfs); });
    return {};
  });
}

base::FlagSetter directory_entry(Entries& entries) {
  return [&entries](const std::string& value) -> base::Status {
    const auto fields = base::split(value, ':');
    const auto mode =
        fields.size() == 2 ? parse_mode(fields[1]) : std::optional<std::uint32_t>(0755);
    if (fields.size() > 2 || !mode) return malformed("PATH[:MODE], with an octal mode");
    entries.emplace_back([path = std::string(fields[0]), mode = *mode](Initramfs& initramfs) {
      return initramfs.add_directory(path, mode);
    });
    return {};
  };
}

base::FlagSetter node_entry(Entries& entries) {
  constexpr std::uint32_t kMaxMajor = 0xfff;
  constexpr std::uint32_t kMaxMinor = 0xfffff;
  return [&entries](const std::string& value) -> base::Status {
    const auto fields = base::split(value, ':');
    const auto major = fields.size() == 4 ? parse_below(fields[2], 10, kMaxMajor) : std::nullopt;
    const auto minor = fields.size() == 4 ? parse_below(fields[3], 10, kMaxMinor) : std::nullopt;
    if (!major || !minor || fields[1] != "c") return malformed("PATH:c:MAJOR:MINOR");
    entries.emplace_back(
        [path = std::string(fields[0]), major = *major, minor = *minor](Initramfs& initramfs) {
          return initramfs.add_character_device(path, 0600, major, minor);
        });
    return {};
  };
}

// Modules of the user, and where the kernel's own modules are.
void add_stock_flags(StockModulesRequest& request, Entries& entries, base::Flags& flags) {
  using enum base::FlagCount;
  flags.add(
      {"module", "PATH:FILE", "adds a module of the user, in load order", kAny},
      base::pair(':', [&](std::string path, std::string file) -> base::Status {
        entries.emplace_back([path, file](Initramfs& initramfs) -> base::Status {
          return initramfs.add_file(path, 0644, KMOD_TRY(base::read_file(file)));
        });
        request.modules.push_back({.path = std::move(path), .file = std::move(file), .label = {}});
        return {};
      }));
  flags.add({"module-label", "LABEL", "the target of the --module before it", kAny},
            [&request](const std::string& label) -> base::Status {
              if (request.modules.empty()) return std::unexpected("has to follow a --module");
              request.modules.back().label = label;
              return {};
            });
  flags.add({"kernel", "LABEL", "the kernel, for error messages"}, base::text(request.kernel));
  flags.add({"release", "RELEASE", "its release"}, base::text(request.release));
  flags.add({"symvers", "FILE", "its Module.symvers"}, base::text(request.symvers));
  flags.add({"stock-directory", "DIR", "its lib/modules/RELEASE"}, base::text(request.directory));
  flags.add({"stock-index", "DIR", "depmod's files for it"}, base::text(request.index));
  flags.add({"stock-module", "NAME", "a module of the kernel to load, or its alias", kAny},
            base::append(request.wanted));
  // An alias can hold a colon, and a label can hold an equals sign.
  flags.add({"stock-dep", "NAME=LABEL", "a module of the kernel that module_deps name", kAny},
            base::pair('=', [&request](std::string name, std::string label) -> base::Status {
              request.deps.push_back({.name = std::move(name), .label = std::move(label)});
              return {};
            }));
  flags.add({"optional-module", "NAME", "one to add without loading it, if it exists", kAny},
            base::append(request.optional));
  flags.add({"xz", "PROGRAM", "unpacks .ko.xz"}, base::text(request.xz));
  flags.add({"zstd", "PROGRAM", "unpacks .ko.zst"}, base::text(request.zstd));
}

base::Result<BuiltInitramfs> build(const InitramfsRequest& request) {
  BuiltInitramfs built;
  if (!request.plan.empty()) {
    StockModules stock = KMOD_TRY(choose_stock_modules(request.stock));
    built.plan = plan_lines(stock) + KMOD_TRY(base::read_file(request.plan));
    const std::string_view path = kPlanPath;
    KMOD_TRY(built.initramfs.add_file(path.substr(1), 0644, built.plan));
    for (auto* const modules : {&stock.loaded, &stock.available}) {
      for (StockModule& module : *modules) {
        KMOD_TRY(built.initramfs.add_file(module.path, 0644, std::move(module.contents)));
      }
    }
  }
  for (const auto& add : request.entries) KMOD_TRY(add(built.initramfs));
  return built;
}

}  // namespace

base::Flags initramfs_flags(InitramfsRequest& request) {
  using enum base::FlagCount;
  base::Flags flags("write_initramfs", "Writes an initramfs. PATH is a path in the archive.");
  flags.add({"label", "LABEL", "the target, for error messages"}, base::text(request.label));
  flags.add({"output", "FILE", "the archive to write", kOnce}, base::text(request.output));
  flags.add({"manifest", "FILE", "a list of the contents to write"}, base::text(request.manifest));
  flags.add({"file", "PATH:MODE:FILE", "adds a file with an octal mode", kAny},
            file_entry(request.entries));
  flags.add({"program", "PATH:FILE", "adds a static program with mode 0755", kAny},
            source_entry(request.entries, add_program));
  flags.add({"copy", "PATH:FILE",
             "adds a file or a directory tree. All files get mode 0755, because Bazel passes\n"
             "all inputs as executable to remote workers",
             kAny},
            source_entry(request.entries,
                         [](const std::string& path, const std::string& source,
                            Initramfs& initramfs) { return add_tree(path, source, initramfs); }));
  flags.add({"plan", "FILE", "adds the plan, completed by the kernel's own modules"},
            base::text(request.plan));
  flags.add({"output-plan", "FILE", "the completed plan to write"},
            base::text(request.output_plan));
  add_stock_flags(request.stock, request.entries, flags);
  flags.add(
      {"directory", "PATH[:MODE]", "adds a directory with an octal mode, by default 0755", kAny},
      directory_entry(request.entries));
  flags.add({"node", "PATH:c:MAJOR:MINOR", "adds a character device with mode 0600", kAny},
            node_entry(request.entries));
  return flags;
}

base::Result<BuiltInitramfs> build_initramfs(const InitramfsRequest& request) {
  auto built = build(request);
  if (built || request.label.empty()) return built;
  return std::unexpected(fmt::format("{}: {}", request.label, built.error()));
}

}  // namespace kmod::vm
