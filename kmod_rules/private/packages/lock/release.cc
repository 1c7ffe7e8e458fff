// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/release.h"

#include <fmt/core.h>
#include <time.h>

#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

constexpr const char* kDateFormat = "%a, %d %b %Y %H:%M:%S UTC";

base::Result<std::time_t> parse_date(std::string_view text, std::string_view field,
                                     const std::string& name) {
  const std::string date(text);
  tm parts = {};
  const char* end = strptime(date.c_str(), kDateFormat, &parts);
  if (end == nullptr || *end != '\0') {
    return std::unexpected(
        fmt::format("{}: the field {} is \"{}\", which is not a date like \"{}\"", name, field,
                    date, format_date(0)));
  }
  return timegm(&parts);
}

base::Status add_indices(std::string_view lines, const std::string& name, Release& release) {
  for (const std::string_view line : base::split_lines(lines)) {
    const auto parts = base::words(line);
    if (parts.empty()) continue;
    IndexFile file;
    const auto bad = [&] {
      return std::unexpected(
          fmt::format("{}: \"{}\" in its section SHA256 is not a hash, a size and a path", name,
                      packages::trim(line)));
    };
    if (parts.size() != 3 || parts[0].size() != 64) return bad();
    const auto size = base::parse_number<std::uint64_t>(parts[1]);
    if (!size) return bad();
    file.size = *size;
    file.sha256 = parts[0];
    release.indices.emplace(parts[2], std::move(file));
  }
  return {};
}

}  // namespace

std::string format_date(std::time_t date) {
  tm parts = {};
  gmtime_r(&date, &parts);
  char text[64];
  return {text, strftime(text, sizeof(text), kDateFormat, &parts)};
}

base::Result<Release> parse_release(std::string_view text, const std::string& name) {
  const auto stanza = packages::StanzaReader(text).next();
  if (!stanza || stanza->field("Date").empty() || stanza->field("SHA256").empty()) {
    return std::unexpected(
        fmt::format("{} is not a Release file: it has no {}", name,
                    stanza && !stanza->field("Date").empty() ? "SHA256" : "Date"));
  }
  Release release;
  release.suite = stanza->field("Suite");
  release.codename = stanza->field("Codename");
  release.by_hash = stanza->field("Acquire-By-Hash") == "yes";
  release.date = KMOD_TRY(parse_date(stanza->field("Date"), "Date", name));
  if (const auto until = stanza->field("Valid-Until"); !until.empty()) {
    release.valid_until = KMOD_TRY(parse_date(until, "Valid-Until", name));
  }
  KMOD_TRY(add_indices(stanza->field("SHA256"), name, release));
  return release;
}

base::Status check_release(const Release& release, const std::string& suite,
                           const std::string& name, std::optional<std::time_t> now) {
  if (release.codename != suite && release.suite != suite) {
    return std::unexpected(fmt::format(
        "{} is signed, but is the release of \"{}\" and not of \"{}\": the mirror serves "
        "one suite instead of another. Use another mirror.",
        name, release.codename, suite));
  }
  if (now && release.valid_until && *release.valid_until < *now) {
    return std::unexpected(fmt::format(
        "{} expired on {}, and now it is {}: the mirror is no longer updated, or withholds new "
        "versions. Use another mirror; if the current date is wrong, set the clock; if the mirror "
        "is "
        "frozen on purpose, use --accept-expired.",
        name, format_date(*release.valid_until), format_date(*now)));
  }
  return {};
}

}  // namespace kmod::lock
