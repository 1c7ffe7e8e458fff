// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/license.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::sbom {
namespace {

using base::words;

constexpr std::string_view kNoAssertion = "NOASSERTION";

// Debian's short names (the specification of the format 1.0, section 7.1, and what packages use),
// in lower case, to SPDX's.
const std::map<std::string, std::string, std::less<>>& short_names() {
  static const std::map<std::string, std::string, std::less<>> names = {
      {"apache-2.0", "Apache-2.0"},
      {"artistic", "Artistic-1.0-Perl"},
      {"bsd-2-clause", "BSD-2-Clause"},
      {"bsd-2-clause-netbsd", "BSD-2-Clause"},
      {"bsd-3-clause", "BSD-3-Clause"},
      {"bsd-4-clause", "BSD-4-Clause"},
      {"bsd-4-clause-uc", "BSD-4-Clause-UC"},
      {"beerware", "Beerware"},
      {"cc0-1.0", "CC0-1.0"},
      {"curl", "curl"},
      {"expat", "MIT"},
      {"fsfullr", "FSFULLR"},
      {"gfdl-1.3", "GFDL-1.3-only"},
      {"gfdl-1.3+", "GFDL-1.3-or-later"},
      {"gpl-1", "GPL-1.0-only"},
      {"gpl-1+", "GPL-1.0-or-later"},
      {"gpl-2", "GPL-2.0-only"},
      {"gpl-2+", "GPL-2.0-or-later"},
      {"gpl-3", "GPL-3.0-only"},
      {"gpl-3+", "GPL-3.0-or-later"},
      {"isc", "ISC"},
      {"lgpl-2", "LGPL-2.0-only"},
      {"lgpl-2+", "LGPL-2.0-or-later"},
      {"lgpl-2.1", "LGPL-2.1-only"},
      {"lgpl-2.1+", "LGPL-2.1-or-later"},
      {"lgpl-3", "LGPL-3.0-only"},
      {"lgpl-3+", "LGPL-3.0-or-later"},
      {"mit", "MIT"},
      {"mpl-1.1", "MPL-1.1"},
      {"mpl-2.0", "MPL-2.0"},
      {"oldap-2.8", "OLDAP-2.8"},
      {"openldap-2.8", "OLDAP-2.8"},
      {"python", "Python-2.0"},
      {"x11", "X11"},
      {"zlib", "Zlib"},
  };
  return names;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

// One license name, which may be several words ("GPL-2+ with Libtool exception").
std::string translate_name(const std::string& name, const std::string& package,
                           PackageLicense& license) {
  const auto known = short_names().find(lower(name));
  if (known != short_names().end()) return known->second;
  const std::string reference = "LicenseRef-" + spdx_identifier(package + "-" + name);
  license.references.emplace(reference, name);
  return reference;
}

// "and" binds more tightly than "or", in DEP 5 as in SPDX. A comma changes that, so text with a
// comma stays a single name.
std::string translate(std::string_view text, const std::string& package, PackageLicense& license) {
  const auto parts = words(text);
  const bool plain = text.find(',') == std::string_view::npos;
  std::string expression;
  std::string name;
  bool compound = false;
  for (const std::string_view word : parts) {
    if (plain && !name.empty() && (word == "and" || word == "or")) {
      expression += translate_name(name, package, license) + (word == "and" ? " AND " : " OR ");
      name.clear();
      compound = true;
    } else {
      name += (name.empty() ? "" : " ") + std::string(word);
    }
  }
  if (name.empty()) name = "unnamed";
  expression += translate_name(name, package, license);
  return compound ? "(" + expression + ")" : expression;
}

}  // namespace

std::string spdx_identifier(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.') c = '-';
  }
  return result;
}

PackageLicense read_copyright(std::string_view text, const std::string& package) {
  PackageLicense license;
  packages::StanzaReader reader(text);
  auto stanza = reader.next();
  std::set<std::string> expressions;
  if (stanza && stanza->field("Format").contains("copyright-format/1.0")) {
    while ((stanza = reader.next())) {
      // A stanza without Files has the text of a license. The first one, which is skipped, is a
      // summary.
      if (stanza->field("Files").empty()) continue;
      const std::string_view field = stanza->field("License");
      const std::string_view name = packages::trim(field.substr(0, field.find('\n')));
      if (!name.empty()) expressions.insert(translate(name, package, license));
    }
  }
  for (const std::string& expression : expressions) {
    license.expression += (license.expression.empty() ? "" : " AND ") + expression;
  }
  if (license.expression.empty()) license.expression = kNoAssertion;
  return license;
}

std::vector<std::string> licenses_in_source(std::string_view text) {
  // In two pieces, because tools would take it for the license of this file.
  static const std::string tag = std::string("SPDX-License-") + "Identifier:";
  std::set<std::string> names;
  if (const std::size_t start = text.find(tag); start != std::string_view::npos) {
    std::string line(text.substr(start + tag.size()));
    line.resize(std::min(line.find('\n'), line.size()));
    std::ranges::replace_if(line, [](char c) { return c == '(' || c == ')'; }, ' ');
    for (const std::string_view word : words(line)) {
      if (word == "*/") break;
      if (word != "OR" && word != "AND" && word != "WITH") names.emplace(word);
    }
  }
  if (names.empty()) names.emplace(kNoAssertion);
  return {names.begin(), names.end()};
}

}  // namespace kmod::sbom
