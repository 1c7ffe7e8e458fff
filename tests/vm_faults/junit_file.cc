// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm_faults/junit_file.h"

#include <algorithm>
#include <pugixml.hpp>

namespace kmod::vm {

std::expected<std::vector<JunitCase>, std::string> read_junit(const std::string& file) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_file(file.c_str());
  if (!parsed) return std::unexpected(file + ": " + parsed.description());
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  std::vector<JunitCase> cases;
  for (const pugi::xml_node node : suite.children("testcase")) {
    JunitCase found{.name = node.attribute("name").value(), .state = "passed", .type = ""};
    if (node.child("skipped")) found.state = "skipped";
    if (const pugi::xml_node failure = node.child("failure")) {
      found.state = "failed";
      found.type = failure.attribute("type").value();
    }
    cases.push_back(std::move(found));
  }
  const auto failed = std::ranges::count(cases, "failed", &JunitCase::state);
  if (suite.attribute("tests").as_llong() != static_cast<long long>(cases.size()) ||
      suite.attribute("failures").as_llong() != failed) {
    return std::unexpected(file + ": its counts are not those of its cases");
  }
  return cases;
}

}  // namespace kmod::vm
