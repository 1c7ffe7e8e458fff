// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kmod::kbuild {
namespace {

using Done = std::expected<void, std::string>;

enum class Needed { kAlways, kForModule, kNever };
struct Single {
  std::string_view name;
  std::string KbuildRequest::* field;
  Needed needed;
};
// kbuild compiles nothing that belongs to no module. The name is KBUILD_MODNAME to the sources.
constexpr const char* kObjectsName = "kmod_objects";

constexpr Single kSingles[] = {
    {"label", &KbuildRequest::label, Needed::kAlways},
    {"module", &KbuildRequest::module, Needed::kForModule},
    {"kernel-root", &KbuildRequest::kernel_root, Needed::kAlways},
    {"kernel-build", &KbuildRequest::kernel_build, Needed::kAlways},
    {"tools-root", &KbuildRequest::tools_root, Needed::kAlways},
    {"cc", &KbuildRequest::cc, Needed::kAlways},
    {"output-ko", &KbuildRequest::output_ko, Needed::kForModule},
    {"output-stripped", &KbuildRequest::output_stripped, Needed::kForModule},
    {"output-symvers", &KbuildRequest::output_symvers, Needed::kForModule},
    {"references", &KbuildRequest::references, Needed::kNever},
};

struct Many {
  std::string_view name;
  std::vector<std::string> KbuildRequest::* field;
};
constexpr Many kManies[] = {
    {"object", &KbuildRequest::objects},
    {"extra-symvers", &KbuildRequest::extra_symvers},
    {"ccflag", &KbuildRequest::ccflags},
};

struct ManyPairs {
  std::string_view name;
  std::vector<base::Pair> KbuildRequest::* field;
  std::string_view shape;
};
constexpr ManyPairs kManyPairs[] = {
    {"source", &KbuildRequest::sources, "<file>=<name in the module's directory>"},
    {"output-object", &KbuildRequest::output_objects, "<object>=<file>"},
    {"parameter", &KbuildRequest::parameters, "<name>=<type>"},
};

Done take(const base::Argument& argument, KbuildRequest& request) {
  const auto refused = [&](std::string_view why) {
    return std::unexpected("--" + argument.name + "=" + argument.value + " " + std::string(why));
  };
  if (const auto* single = std::ranges::find(kSingles, argument.name, &Single::name);
      single != std::end(kSingles)) {
    if (!(request.*single->field).empty()) return refused("is a second --" + argument.name);
    request.*single->field = argument.value;
    return {};
  }
  if (const auto* many = std::ranges::find(kManies, argument.name, &Many::name);
      many != std::end(kManies)) {
    (request.*many->field).push_back(argument.value);
    return {};
  }
  if (const auto* pairs = std::ranges::find(kManyPairs, argument.name, &ManyPairs::name);
      pairs != std::end(kManyPairs)) {
    auto pair = base::split_pair(argument, pairs->shape);
    if (!pair) return std::unexpected(pair.error());
    (request.*pairs->field).push_back(std::move(*pair));
    return {};
  }
  if (argument.name == "make-var") {
    // Unlike the other pairs its right side may be empty, which switches a thing off.
    const std::size_t equals = argument.value.find('=');
    if (equals == std::string::npos || equals == 0) {
      return refused("is not of the form --make-var=NAME=VALUE");
    }
    request.make_variables.push_back(
        {argument.value.substr(0, equals), argument.value.substr(equals + 1)});
    return {};
  }
  if (argument.name == "mode") {
    if (argument.value != "module" && argument.value != "objects") {
      return refused(R"(is neither "module" nor "objects")");
    }
    request.mode =
        argument.value == "module" ? KbuildRequest::Mode::kModule : KbuildRequest::Mode::kObjects;
    return {};
  }
  if (argument.name == "gpl-compatible") {
    if (argument.value != "0" && argument.value != "1") return refused("is neither 0 nor 1");
    request.gpl_compatible = argument.value == "1";
    return {};
  }
  return std::unexpected(
      "--" + argument.name +
      " is unknown. run_kbuild takes --label, --module, --mode, --kernel-root, "
      "--kernel-build, --tools-root, --cc, --source, --object, --references, "
      "--extra-symvers, --gpl-compatible, --parameter, --make-var, --ccflag, --output-ko, "
      "--output-stripped, --output-symvers and --output-object");
}

Done check(const KbuildRequest& request) {
  const bool is_module = request.mode == KbuildRequest::Mode::kModule;
  for (const Single& single : kSingles) {
    const bool given = !(request.*single.field).empty();
    const std::string name = "--" + std::string(single.name);
    if (!given &&
        (single.needed == Needed::kAlways || (single.needed == Needed::kForModule && is_module))) {
      return std::unexpected(name + " is missing");
    }
    if (given && single.needed == Needed::kForModule && !is_module) {
      return std::unexpected(name + " has no meaning with --mode=objects, which makes no module");
    }
  }
  if (is_module && !request.output_objects.empty()) {
    return std::unexpected(
        "--output-object has no meaning with --mode=module, which keeps no object");
  }
  if (!is_module && request.output_objects.empty()) {
    return std::unexpected("--output-object is missing: --mode=objects would build nothing");
  }
  if (!is_module && !request.objects.empty()) {
    return std::unexpected("--object has no meaning with --mode=objects, which only compiles");
  }
  return {};
}

}  // namespace

std::expected<KbuildRequest, std::string> parse_kbuild_request(
    const std::vector<base::Argument>& arguments) {
  KbuildRequest request;
  for (const base::Argument& argument : arguments) {
    if (auto done = take(argument, request); !done) return std::unexpected(done.error());
  }
  if (auto done = check(request); !done) return std::unexpected(done.error());
  if (request.mode == KbuildRequest::Mode::kObjects) request.module = kObjectsName;
  return request;
}

}  // namespace kmod::kbuild
