// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/harness/junit_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <pugixml.hpp>

namespace kmod::vm {

base::Result<std::vector<JunitCase>> read_junit(const std::string& file) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_file(file.c_str());
  if (!parsed) return std::unexpected(fmt::format("{}: {}", file, parsed.description()));
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
    return std::unexpected(fmt::format("{}: the counts do not match the cases", file));
  }
  return cases;
}

base::Status write_junit(const std::string& file, const std::string& name,
                         const std::vector<std::string>& problems) {
  pugi::xml_document document;
  pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
  suite.append_attribute("name") = name.c_str();
  suite.append_attribute("tests") = 1;
  suite.append_attribute("failures") = problems.empty() ? 0 : 1;
  pugi::xml_node test = suite.append_child("testcase");
  test.append_attribute("name") = name.c_str();
  if (!problems.empty()) {
    std::string text;
    for (const std::string& problem : problems) text += problem + "\n";
    test.append_child("failure").text() = text.c_str();
  }
  if (!document.save_file(file.c_str())) return std::unexpected("cannot write " + file);
  return {};
}

}  // namespace kmod::vm
