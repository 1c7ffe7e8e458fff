// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/variations.h"

#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

constexpr const char* kPreload = "ld.so.preload";

// 367 days change the year and also the day of the month.
constexpr const char* kClockOffset = "+367d\n";

// latin1_locale.bzl builds this locale.
constexpr const char* kLocale = "de_DE.ISO-8859-1";

// Variables that kbuild, compilers and archivers read.
constexpr std::pair<const char*, const char*> kNoise[] = {
    {"ARCH", "arm64"},
    {"CPATH", "/nonexistent/include"},
    {"KBUILD_BUILD_HOST", "other"},
    {"KBUILD_BUILD_USER", "other"},
    {"KCFLAGS", "-O1"},
    {"MAKEFLAGS", "-k"},
    {"SOURCE_DATE_EPOCH", "1"},
};

std::map<std::string, std::string> as_map(const Environment& environment) {
  std::map<std::string, std::string> variables;
  for (const std::string& variable : environment) {
    const std::size_t equals = variable.find('=');
    if (equals != std::string::npos) {
      variables.emplace(variable.substr(0, equals), variable.substr(equals + 1));
    }
  }
  return variables;
}

// Creates the overlay of /etc with ld.so.preload and the configuration of libfaketime.
base::Status prepare_clock(Variations& variations, const std::string& scratch,
                           const std::string& fake_clock) {
  // ld.so splits names at spaces and colons.
  const std::string library = scratch + "/libfaketime.so";
  if (library.find_first_of(" :") != std::string::npos) return {};
  variations.etc_upper = scratch + "/etc";
  variations.etc_work = scratch + "/etc.work";
  for (const std::string& directory : {variations.etc_upper, variations.etc_work}) {
    KMOD_TRY(base::make_directories(directory));
  }
  KMOD_TRY(base::copy_file(fake_clock, library));
  // The host may already preload a library.
  const auto preloaded = base::read_file(std::string("/etc/") + kPreload);
  const std::string preload = preloaded.value_or("") + library + "\n";
  KMOD_TRY(base::write_file(variations.etc_upper + "/" + kPreload, preload));
  return base::write_file(variations.etc_upper + "/faketimerc", kClockOffset);
}

}  // namespace

Environment vary_environment(const Environment& inherited, const std::set<std::string>& keep,
                             const std::string& home, const std::string& locales) {
  std::map<std::string, std::string> variables = as_map(inherited);
  const auto varies = [&](const char* name) { return !keep.contains(name); };
  if (varies("home")) variables["HOME"] = home;
  if (varies("user")) {
    variables["USER"] = "another";
    variables["LOGNAME"] = "another";
  }
  if (varies("time_zone")) {
    // Two zones on opposite sides of the date line.
    constexpr const char* kEast = "Pacific/Kiritimati";
    variables["TZ"] = variables["TZ"] == kEast ? "Pacific/Niue" : kEast;
  }
  if (varies("locale")) {
    variables["LC_ALL"] = kLocale;
    variables["LANG"] = kLocale;
    variables["LOCPATH"] = locales;
  }
  if (varies("environment")) {
    for (const auto& [name, value] : kNoise) variables[name] = value;
    variables["PATH"] += ":/nonexistent/bin";
  }
  // For Bazel itself, whose actions get none of its variables: with a shifted clock, timed waits of
  // Java end at once and keep a processor busy (measured: 52 s of CPU in a build that sleeps for 8
  // s, instead of 3 s).
  if (varies("clock")) variables["FAKETIME"] = "+0";
  Environment environment;
  for (const auto& [name, value] : variables)
    environment.push_back(std::string(name) + "=" + value);
  return environment;
}

base::Result<Variations> prepare_variations(const Environment& inherited, mode_t inherited_umask,
                                            const CheckOptions& options,
                                            const std::string& scratch) {
  const std::set<std::string>& keep = options.keep;
  // With a space, which Bazel and make accept here but not in the path of the workspace.
  const std::string home = scratch + "/zweites Häuschen";
  Variations variations;
  std::error_code error;
  const std::string locales = std::filesystem::absolute(options.locales, error);
  variations.environment = vary_environment(inherited, keep, home, locales);
  variations.latin1 = !keep.contains("locale");
  variations.umask = inherited_umask;
  if (!keep.contains("umask")) variations.umask = (inherited_umask & 077) == 077 ? 022 : 077;
  variations.other_user = !keep.contains("user");
  if (!keep.contains("host_name")) variations.host_name = "another.example";
  KMOD_TRY(base::make_directories(home));
  if (!keep.contains("clock")) {
    KMOD_TRY(prepare_clock(variations, scratch, options.fake_clock));
  }
  return variations;
}

}  // namespace kmod::reproducibility
