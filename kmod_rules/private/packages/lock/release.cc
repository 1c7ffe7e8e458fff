// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/release.h"

#include <time.h>

#include <charconv>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

constexpr const char* kDateFormat = "%a, %d %b %Y %H:%M:%S UTC";

std::expected<std::time_t, std::string> parse_date(std::string_view text, std::string_view field,
                                                   const std::string& name) {
  const std::string date(text);
  tm parts = {};
  const char* end = strptime(date.c_str(), kDateFormat, &parts);
  if (end == nullptr || *end != '\0') {
    return std::unexpected(name + ": the field " + std::string(field) + " is \"" + date +
                           "\", which is no date like \"" + format_date(0) + "\"");
  }
  return timegm(&parts);
}

std::expected<void, std::string> add_indices(std::string_view lines, const std::string& name,
                                             Release& release) {
  for (const std::string_view line : base::split_lines(lines)) {
    const auto parts = packages::words(line);
    if (parts.empty()) continue;
    IndexFile file;
    const auto bad = [&] {
      return std::unexpected(name + ": \"" + std::string(packages::trim(line)) +
                             "\" in its section SHA256 is not a hash, a size and a path");
    };
    if (parts.size() != 3 || parts[0].size() != 64) return bad();
    const auto [end, error] =
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), file.size);
    if (error != std::errc() || end != parts[1].data() + parts[1].size()) return bad();
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

std::expected<Release, std::string> parse_release(std::string_view text, const std::string& name) {
  const auto stanza = packages::StanzaReader(text).next();
  if (!stanza || stanza->field("Date").empty() || stanza->field("SHA256").empty()) {
    return std::unexpected(name + " is no Release file: it has no " +
                           (stanza && !stanza->field("Date").empty() ? "SHA256" : "Date"));
  }
  Release release;
  release.suite = stanza->field("Suite");
  release.codename = stanza->field("Codename");
  release.by_hash = stanza->field("Acquire-By-Hash") == "yes";
  const auto date = parse_date(stanza->field("Date"), "Date", name);
  if (!date) return std::unexpected(date.error());
  release.date = *date;
  if (const auto until = stanza->field("Valid-Until"); !until.empty()) {
    const auto valid_until = parse_date(until, "Valid-Until", name);
    if (!valid_until) return std::unexpected(valid_until.error());
    release.valid_until = *valid_until;
  }
  if (auto done = add_indices(stanza->field("SHA256"), name, release); !done) {
    return std::unexpected(done.error());
  }
  return release;
}

std::expected<void, std::string> check_release(const Release& release, const std::string& suite,
                                               const std::string& name, std::time_t now) {
  if (release.codename != suite && release.suite != suite) {
    return std::unexpected(
        name + " is signed, but is the release of \"" + release.codename + "\" and not of \"" +
        suite + "\": the mirror gives one suite in place of another. Use another mirror.");
  }
  if (release.valid_until && *release.valid_until < now) {
    return std::unexpected(
        name + " expired on " + format_date(*release.valid_until) + ", and now it is " +
        format_date(now) +
        ": the mirror is no longer updated, or keeps new versions back. Use another mirror; if the "
        "date of now is wrong, set this machine's clock.");
  }
  return {};
}

}  // namespace kmod::lock
