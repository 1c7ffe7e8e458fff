// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "bench/fifty/sources.h"

#include <fmt/core.h>

#include "kmod_rules/private/base/file.h"

namespace kmod::bench {
namespace {

constexpr int kCxxFiles = 4;

std::string header(int edit) {
  return fmt::format(
      "#ifndef SHARED_NUMBERS_H_\n#define SHARED_NUMBERS_H_\n#define SHARED_NUMBER {}\n#endif\n",
      edit + 1);
}

}  // namespace

std::string Sources::module_name(int module) { return fmt::format("m{:03}", module); }

std::string Sources::c_source(int module, int edit) const {
  const std::string name = module_name(module);
  std::string text = fmt::format(
      "#include <linux/errno.h>\n#include <linux/module.h>\n#include \"{}/shared/numbers.h\"\n\n",
      name_);
  std::string sum = fmt::format("{} + SHARED_NUMBER", edit);
  for (int file = 0; file < kCxxFiles; ++file) {
    text += fmt::format("int {}_f{}(const char *text, unsigned long length);\n", name, file);
    sum += fmt::format(" + {}_f{}(KBUILD_MODNAME, {})", name, file, name.size());
  }
  text += fmt::format(
      "\nstatic int __init {0}_init(void)\n{{\n\treturn {1} < 0 ? -EINVAL : 0;\n}}\n"
      "static void __exit {0}_exit(void)\n{{\n}}\nmodule_init({0}_init);\nmodule_exit({0}_exit);\n"
      "MODULE_LICENSE(\"GPL\");\nMODULE_DESCRIPTION(\"A module of the benchmark\");\n",
      name, sum);
  return text;
}

std::string Sources::cxx_source(int module, int file, int edit) const {
  return fmt::format(R"(#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "{0}/shared/numbers.h"

namespace {{

struct Count {{
  int value = 0;
  int times = 0;
}};

std::optional<Count> most_frequent(std::span<Count> counts) {{
  if (counts.empty()) return std::nullopt;
  std::ranges::sort(counts, std::ranges::greater(), &Count::times);
  return counts.front();
}}

int count(std::string_view text) {{
  std::array<Count, 16> counts = {{}};
  for (const char letter : text) {{
    Count& one = counts[static_cast<unsigned char>(letter) % counts.size()];
    one.value = letter;
    one.times += SHARED_NUMBER + {1};
  }}
  const auto found = most_frequent(counts);
  return found ? found->value + found->times : 0;
}}

}}  // namespace

extern "C" int {2}_f{3}(const char* text, unsigned long length);

extern "C" int {2}_f{3}(const char* text, unsigned long length) {{
  const std::string_view all(text, length);
  return count(all) + static_cast<int>(all.find('{3}'));
}}
)",
                     name_, edit + 1, module_name(module), file);
}

base::Status Sources::write_both(const std::string& path, const std::string& text) const {
  for (const std::string& root : roots_) {
    const std::string file = fmt::format("{}/{}/{}", root, name_, path);
    KMOD_TRY(base::make_directories(file.substr(0, file.rfind('/'))));
    KMOD_TRY(base::write_file(file, text));
  }
  return {};
}

base::Status Sources::write(const std::string& cxx_rule) const {
  KMOD_TRY(write_both("shared/numbers.h", header(0)));
  std::string labels;
  std::string directories = "obj-m :=";
  const std::string& workspace = roots_.front();
  const std::string& make_root = roots_.back();
  for (int module = 0; module < modules_; ++module) {
    const std::string name = module_name(module);
    KMOD_TRY(write_both(fmt::format("{0}/{0}_main.c", name), c_source(module, 0)));
    std::string cxx_files;
    std::string objects = fmt::format("{}_main.o", name);
    for (int file = 0; file < kCxxFiles; ++file) {
      KMOD_TRY(write_both(fmt::format("{}/f{}.cc", name, file), cxx_source(module, file, 0)));
      cxx_files += fmt::format("\"f{}.cc\", ", file);
      objects += fmt::format(" f{}.o", file);
    }
    KMOD_TRY(base::write_file(
        fmt::format("{}/{}/{}/BUILD.bazel", workspace, name_, name),
        fmt::format("load(\"@rules_cc//cc:defs.bzl\", \"cc_library\")\n"
                    "load(\"@rules_kmod//kmod_rules:defs.bzl\", \"kernel_module\")\n"
                    "cc_library(name = \"cxx\", srcs = [{2}], deps = [\"//{1}/shared\"])\n"
                    "kernel_module(name = \"{0}\", srcs = [\"{0}_main.c\"], deps = [\":cxx\"], "
                    "visibility = [\"//visibility:public\"])\n",
                    name, name_, cxx_files)));
    labels += fmt::format("\"//{}/{}\", ", name_, name);
    directories += fmt::format(" {}/", name);
    KMOD_TRY(base::write_file(
        fmt::format("{}/{}/{}/Kbuild", make_root, name_, name),
        // As the rules do, because the module loader does not know groups of sections.
        fmt::format("obj-m := {0}.o\n{0}-y := {1}\nccflags-y := -I$(KBUILD_EXTMOD)/..\n"
                    "ldflags-y := --force-group-allocation\ninclude $(KBUILD_EXTMOD)/cxx.mk\n",
                    name, objects)));
  }
  KMOD_TRY(base::write_file(fmt::format("{}/{}/BUILD.bazel", workspace, name_),
                            fmt::format("filegroup(name = \"modules\", srcs = [{}])\n", labels)));
  KMOD_TRY(base::write_file(fmt::format("{}/{}/shared/BUILD.bazel", workspace, name_),
                            "load(\"@rules_cc//cc:defs.bzl\", \"cc_library\")\n"
                            "cc_library(name = \"shared\", hdrs = [\"numbers.h\"], "
                            "visibility = [\"//visibility:public\"])\n"));
  KMOD_TRY(base::write_file(fmt::format("{}/{}/Kbuild", make_root, name_), directories + "\n"));
  return base::write_file(fmt::format("{}/{}/cxx.mk", make_root, name_), cxx_rule);
}

base::Status Sources::edit_cxx(int edit) const {
  return write_both(fmt::format("{}/f1.cc", module_name(0)), cxx_source(0, 1, edit));
}

base::Status Sources::edit_c(int edit) const {
  return write_both(fmt::format("{0}/{0}_main.c", module_name(0)), c_source(0, edit));
}

base::Status Sources::edit_header(int edit) const {
  return write_both("shared/numbers.h", header(edit));
}

}  // namespace kmod::bench
