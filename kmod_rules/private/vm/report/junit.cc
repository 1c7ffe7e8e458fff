// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/junit.h"

#include <fmt/core.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "kmod_rules/private/base/xml_text.h"

namespace kmod::vm {
namespace {

using base::xml_text;

void set(pugi::xml_node node, const char* attribute, std::string_view value) {
  node.append_attribute(attribute) = xml_text(value).c_str();
}

void set_seconds(pugi::xml_node node, double value) {
  set(node, "time", fmt::format("{:.6f}", value));
}

void add_output(pugi::xml_node node, std::string_view output) {
  node.append_child("system-out").text() = xml_text(output).c_str();
}

void set_counts(pugi::xml_node node, const std::vector<Check>& checks, double duration_s) {
  const auto count = [&](CheckState state) {
    return static_cast<long long>(std::ranges::count(checks, state, &Check::state));
  };
  node.append_attribute("tests") = static_cast<long long>(checks.size());
  node.append_attribute("failures") = count(CheckState::kFailed);
  node.append_attribute("errors") = 0;
  node.append_attribute("skipped") = count(CheckState::kSkipped);
  set_seconds(node, duration_s);
}

void add_case(pugi::xml_node suite, std::string_view suite_name, const Check& check) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", suite_name);
  set(node, "name", check.name);
  set_seconds(node, check.duration_s);
  if (check.state == CheckState::kFailed) {
    pugi::xml_node failure = node.append_child("failure");
    set(failure, "type", verdict_name(check.verdict));
    set(failure, "message", check.detail);
  } else if (check.state == CheckState::kSkipped) {
    set(node.append_child("skipped"), "message", check.detail);
  }
  if (!check.output.empty()) add_output(node, check.output);
}

}  // namespace

std::string format_junit(const Judgment& judgment, std::string_view suite_name,
                         std::string_view log, double duration_s) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node suites = document.append_child("testsuites");
  set_counts(suites, judgment.checks, duration_s);
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", suite_name);
  set_counts(suite, judgment.checks, duration_s);
  for (const Check& check : judgment.checks) add_case(suite, suite_name, check);
  add_output(suite, log);
  std::ostringstream xml;
  document.save(xml, "", pugi::format_indent, pugi::encoding_utf8);
  return std::move(xml).str();
}

}  // namespace kmod::vm
