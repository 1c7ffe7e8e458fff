// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/project_build.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::import_kbuild {
namespace {

namespace fs = std::filesystem;

// How Makefiles call the kernel's build directory, and its release. A Makefile that has none of
// them ignores them.
constexpr const char* kKernelVariables[] = {
    "KDIR", "KERNELDIR", "KERNEL_DIR", "KERNEL_PATH", "KERNEL_SRC", "KERNEL_TREE", "KSRC"};
constexpr const char* kReleaseVariables[] = {"KVER", "KVERS", "KVERSION"};

// What the copy does not need.
bool is_skipped(const fs::path& name) {
  return name == ".git" || name.string().starts_with("bazel-");
}

base::Status copy_directory(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_directories(to, error);
  for (fs::directory_iterator entry(from, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (is_skipped(name)) continue;
    fs::copy(entry->path(), fs::path(to) / name,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
  }
  if (!error) return {};
  return std::unexpected(fmt::format("cannot copy {} to {}: {}", from, to, error.message()));
}

// A makefile whose goal prints the names of variables that satisfy a condition on $v.
constexpr std::string_view kFindVariables = R"(
kmod_find_variables:
	$(foreach v,$(.VARIABLES),$(if CONDITION,$(info kmod_variable $v)))@:
)";
constexpr std::string_view kNamesKernel =
    "$(and $(filter file,$(origin $v)),"
    "$(filter /lib/modules/%/build /lib/modules/%/source,$($v)))";
constexpr std::string_view kIsOfEnvironment = "$(filter environment,$(origin $v))";

class Builder {
 public:
  Builder(const KernelBuild& kernel, std::string scratch, std::vector<std::string> variables)
      : kernel_(kernel), scratch_(std::move(scratch)), variables_(std::move(variables)) {
    for (const char* name : kKernelVariables) add_variable(name, kernel.directory);
    for (const char* name : kReleaseVariables) add_variable(name, kernel.release);
    variables_.push_back(fmt::format("CONFIG_SHELL={}/sh", bin()));
    variables_.push_back(fmt::format("CC={}", kernel.compiler));
  }

  [[nodiscard]] std::string bin() const { return kernel_.tools + "/usr/bin"; }
  [[nodiscard]] std::string record() const { return scratch_ + "/record"; }

  // For make, unless the user gave the variable.
  void add_variable(const std::string& name, const std::string& value) {
    const auto is_given = [&](const std::string& variable) {
      return variable.starts_with(name + "=");
    };
    own_.insert(name);
    if (std::ranges::none_of(variables_, is_given)) variables_.push_back(name + "=" + value);
  }

  // Runs a script of bash in `directory`.
  [[nodiscard]] base::Result<base::ProcessResult> run(const std::string& script,
                                                      const std::string& directory) const {
    return base::run_process(base::Command{
        .arguments = {bin() + "/bash", "-c", script},
        .environment = {"PATH=" + bin() + ":/usr/bin:/bin", "HOME=" + scratch_, "PWD=" + directory,
                        "LC_ALL=C", "TZ=UTC", "MAKEFILES=" + scratch_ + "/record.mk",
                        "MAKEFLAGS=" + make_flags(), "KMOD_RECORD=" + record(),
                        "KMOD_KERNEL=" + kernel_.directory},
        .directory = directory});
  }

  // Points the variables of the project at the kernel.
  base::Status find_variables(const std::string& directory) {
    const auto names = KMOD_TRY(variables_that(kNamesKernel, "-f Makefile", directory));
    for (const std::string& name : names) add_variable(name, kernel_.directory);
    return {};
  }

  // Finds what every process of this machine has in its environment, such as by a preloaded
  // library.
  base::Status find_environment() {
    own_.merge(KMOD_TRY(variables_that(kIsOfEnvironment, "", scratch_)));
    return {};
  }

  // Names of variables that this program or the machine sets, which are not the project's.
  [[nodiscard]] const std::set<std::string>& own_variables() const { return own_; }

 private:
  [[nodiscard]] std::string make_flags() const {
    std::string text;
    for (const std::string& variable : variables_) {
      if (!text.empty()) text += ' ';
      for (const char letter : variable) {
        if (letter == ' ') text += '\\';
        text += letter;
      }
    }
    return text;
  }

  // The names of make's variables that satisfy the condition, when it reads `makefiles`.
  [[nodiscard]] base::Result<std::set<std::string>> variables_that(
      std::string_view condition, std::string_view makefiles, const std::string& directory) const {
    std::string text(kFindVariables);
    base::replace_all(text, "CONDITION", condition);
    const std::string find = scratch_ + "/find.mk";
    KMOD_TRY(base::write_file(find, text));
    const base::ProcessResult found = KMOD_TRY(
        run(fmt::format("make -s {} -f {} kmod_find_variables", makefiles, find), directory));
    std::set<std::string> names;
    for (const std::string_view line : base::split_lines(found.output)) {
      constexpr std::string_view kBegins = "kmod_variable ";
      if (line.starts_with(kBegins)) names.emplace(line.substr(kBegins.size()));
    }
    return names;
  }

  KernelBuild kernel_;
  std::string scratch_;
  std::vector<std::string> variables_;
  std::set<std::string> own_;
};

struct Dkms {
  std::string name;
  std::string version;
  std::string script;  // PRE_BUILD and MAKE
};

// Has bash evaluate dkms.conf, as dkms does.
base::Result<Dkms> evaluate_dkms(const Builder& builder, const KernelBuild& kernel,
                                 const std::string& directory, const std::string& tree) {
  const std::string script = fmt::format(
      "kernelver={0} kernel_source_dir={1} dkms_tree={2} source_tree=/usr/src arch=x86_64\n"
      ". ./dkms.conf >/dev/null 2>&1\n"
      "printf '%s\\0' \"$PACKAGE_NAME\" \"$PACKAGE_VERSION\" \"$PRE_BUILD\" \"${{MAKE[0]}}\"",
      kernel.release, kernel.directory, tree);
  const base::ProcessResult result = KMOD_TRY(builder.run(script, directory));
  const auto fields = base::split(result.output, '\0');
  if (!result.succeeded() || fields.size() < 4 || fields[0].empty() || fields[1].empty()) {
    return std::unexpected(fmt::format(
        "{}/dkms.conf says neither PACKAGE_NAME nor PACKAGE_VERSION. Its evaluation {}:\n{}",
        directory, result.describe(), result.output));
  }
  std::string make(fields[3]);
  if (make.empty()) {
    make = fmt::format("make -C {} M={}/{}/{}/build modules", kernel.directory, tree, fields[0],
                       fields[1]);
  }
  std::string before(fields[2]);
  if (!before.empty() && !before.starts_with("/")) before = "./" + before + "\n";
  return Dkms{
      .name = std::string(fields[0]), .version = std::string(fields[1]), .script = before + make};
}

bool has_module(const std::string& directory) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".ko") return true;
  }
  return false;
}

// The end of the log, with the paths of the user's directory instead of its copy's.
std::string end_of(std::string log, const std::string& copy, const std::string& directory) {
  base::replace_all(log, copy, directory);
  constexpr std::size_t kLines = 20;
  std::vector<std::string_view> lines = base::split_lines(log);
  if (lines.size() > kLines) lines.erase(lines.begin(), lines.end() - kLines);
  std::string text;
  for (const std::string_view line : lines) text += fmt::format("  {}\n", line);
  return text;
}

}  // namespace

std::string record_makefile() {
  // Makefile.build, whose goal is __build or, since Linux 6.0, the directory, reads the project's
  // files; make knows them all when it runs a recipe. Variables of the environment are those that
  // the project exports, besides those of every make.
  return R"(ifneq ($(KMOD_RECORD),)
ifneq ($(M)$(SUBDIRS)$(KBUILD_EXTMOD),)
ifeq ($(CURDIR),$(realpath $(KMOD_KERNEL)))
$(file >>$(KMOD_RECORD),M $(or $(M),$(SUBDIRS),$(KBUILD_EXTMOD)))
$(file >>$(KMOD_RECORD),V $(MAKEOVERRIDES))
$(foreach v,$(.VARIABLES),$(if $(filter environment,$(origin $v)),$(file >>$(KMOD_RECORD),E $v=$(value $v))))
endif
endif
ifneq ($(obj),)
__build $(obj)/: kmod_record_makefiles
.PHONY: kmod_record_makefiles
kmod_record_makefiles:
	$(file >>$(KMOD_RECORD),F $(abspath $(MAKEFILE_LIST)))@:
endif
endif
)";
}

std::map<std::string, std::string> parse_overrides(std::string_view text) {
  std::map<std::string, std::string> variables;
  std::string word;
  const auto end_word = [&] {
    const std::size_t equals = word.find_first_of(":=");
    const std::size_t value = word.find('=');
    if (equals != std::string::npos && value != std::string::npos && equals != 0) {
      variables[word.substr(0, equals)] = word.substr(value + 1);
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      word += text[++at];
    } else if (text[at] == ' ') {
      end_word();
    } else {
      word += text[at];
    }
  }
  end_word();
  return variables;
}

std::vector<KbuildCall> parse_record(std::string_view text) {
  std::vector<KbuildCall> calls;
  bool first = false;
  for (const std::string_view line : base::split_lines(text)) {
    const std::string_view value = line.substr(std::min<std::size_t>(line.size(), 2));
    if (line.starts_with("M ")) {
      std::string directory(value);
      while (directory.ends_with('/')) directory.pop_back();
      first = std::ranges::find(calls, directory, &KbuildCall::directory) == calls.end();
      if (first) calls.push_back({.directory = directory, .variables = {}});
    } else if (first && line.starts_with("V ")) {
      calls.back().variables = parse_overrides(value);
    } else if (first && line.starts_with("E ")) {
      const std::size_t equals = value.find('=');
      if (equals == std::string_view::npos) continue;
      calls.back().variables.emplace(value.substr(0, equals), value.substr(equals + 1));
    }
  }
  return calls;
}

std::set<std::string> parse_makefiles(std::string_view text) {
  std::set<std::string> files;
  for (const std::string_view line : base::split_lines(text)) {
    if (!line.starts_with("F ")) continue;
    for (const std::string_view file : base::split(line.substr(2), ' ')) {
      if (!file.empty()) files.emplace(file);
    }
  }
  return files;
}

base::Result<ProjectBuild> build_project(const std::string& directory, const KernelBuild& kernel,
                                         const std::vector<std::string>& variables) {
  base::TemporaryDirectory scratch = KMOD_TRY(base::TemporaryDirectory::create("import_kbuild"));
  Builder builder(kernel, scratch.path(), variables);
  KMOD_TRY(base::write_file(scratch.path() + "/record.mk", record_makefile()));
  KMOD_TRY(builder.find_environment());
  const std::string tree = scratch.path() + "/dkms";
  std::string copy = scratch.path() + "/project";
  std::string script;
  if (fs::exists(directory + "/dkms.conf")) {
    const Dkms dkms = KMOD_TRY(evaluate_dkms(builder, kernel, directory, tree));
    copy = fmt::format("{}/{}/{}/build", tree, dkms.name, dkms.version);
    script = dkms.script;
  } else if (fs::exists(directory + "/Makefile")) {
    script = "make";
  }
  KMOD_TRY(copy_directory(directory, copy));
  std::string log;
  if (!script.empty()) {
    if (fs::exists(directory + "/Makefile")) KMOD_TRY(builder.find_variables(copy));
    log = KMOD_TRY(builder.run(script, copy)).output;
  }
  if (!has_module(copy)) {
    log +=
        KMOD_TRY(builder.run(fmt::format("make -C {} M={} modules", kernel.directory, copy), copy))
            .output;
  }
  if (!has_module(copy)) {
    return std::unexpected(fmt::format(
        "{} built no module for {}. Name the directory that has the Kbuild file, or give variables "
        "that its Makefile needs, as NAME=VALUE after the directory. The end of its log:\n{}",
        directory, kernel.release, end_of(log, copy, directory)));
  }
  const std::string record = KMOD_TRY(base::read_file(builder.record()));
  ProjectBuild build{.scratch = std::move(scratch),
                     .copy = copy,
                     .calls = parse_record(record),
                     .makefiles = parse_makefiles(record)};
  for (KbuildCall& call : build.calls) {
    for (const std::string& own : builder.own_variables()) call.variables.erase(own);
  }
  return build;
}

}  // namespace kmod::import_kbuild
