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

// A year has 365 or 366 days: with 367, the day of the month is another one too.
constexpr const char* kClockOffset = "+367d\n";

// Of latin1_locale.bzl.
constexpr const char* kLocale = "de_DE.ISO-8859-1";

// What kbuild, compilers and archivers would read.
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

// Makes what an overlay needs to show /etc with a library to preload, and a clock for that.
std::expected<void, std::string> prepare_clock(Variations& variations, const std::string& scratch,
                                               const std::string& fake_clock) {
  // ld.so takes a space or a colon for the end of a name.
  const std::string library = scratch + "/libfaketime.so";
  if (library.find_first_of(" :") != std::string::npos) return {};
  variations.etc_upper = scratch + "/etc";
  variations.etc_work = scratch + "/etc.work";
  for (const std::string& directory : {variations.etc_upper, variations.etc_work}) {
    if (auto made = base::make_directories(directory); !made) return made;
  }
  if (auto copied = base::copy_file(fake_clock, library); !copied) return copied;
  // A machine may preload something already.
  const auto preloaded = base::read_file(std::string("/etc/") + kPreload);
  const std::string preload = preloaded.value_or("") + library + "\n";
  if (auto done = base::write_file(variations.etc_upper + "/" + kPreload, preload); !done) {
    return done;
  }
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
    // The far sides of the earth from each other.
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
  // For Bazel alone, whose actions get none of its variables: with a shifted clock, waits of its
  // Java end at once, and it keeps a processor busy (measured: 52 s of CPU in a build that sleeps
  // for 8 s, instead of 3 s).
  if (varies("clock")) variables["FAKETIME"] = "+0";
  Environment environment;
  for (const auto& [name, value] : variables)
    environment.push_back(std::string(name) + "=" + value);
  return environment;
}

std::expected<Variations, std::string> prepare_variations(const Environment& inherited,
                                                          mode_t inherited_umask,
                                                          const CheckOptions& options,
                                                          const std::string& scratch) {
  const std::set<std::string>& keep = options.keep;
  // With a space, which neither Bazel nor make can have in a path of its own.
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
  if (auto made = base::make_directories(home); !made) return std::unexpected(made.error());
  if (!keep.contains("clock")) {
    if (auto made = prepare_clock(variations, scratch, options.fake_clock); !made) {
      return std::unexpected(made.error());
    }
  }
  return variations;
}

}  // namespace kmod::reproducibility
