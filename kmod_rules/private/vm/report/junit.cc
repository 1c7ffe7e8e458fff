// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/junit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <pugixml.hpp>
#include <sstream>

namespace kmod::vm {
namespace {

// XML 1.0, section 2.2. Surrogates never get here.
bool is_xml_character(std::uint32_t character) {
  if (character < 0x20) return character == '\t' || character == '\n' || character == '\r';
  return character != 0xfffe && character != 0xffff && character <= 0x10ffff;
}

// The length of the character that `text` begins with, in bytes; 0 if it is not UTF-8 or not
// allowed in XML. `text` is not empty.
std::size_t xml_character_length(std::string_view text) {
  struct Form {
    unsigned mask, lead;
    std::uint32_t least;  // a smaller character has a shorter form
  };
  constexpr Form kForms[] = {
      {0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const auto* const form =
      std::ranges::find_if(kForms, [&](const Form& f) { return (byte(0) & f.mask) == f.lead; });
  if (form == std::end(kForms)) return 0;
  const auto length = static_cast<std::size_t>(form - kForms) + 1;
  if (text.size() < length) return 0;
  std::uint32_t character = byte(0) & ~form->mask;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    character = character << 6 | (byte(i) & 0x3f);
  }
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  if (character < form->least || surrogate || !is_xml_character(character)) return 0;
  return length;
}

std::string xml_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = xml_character_length(text);
    if (length == 0) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

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
