// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/rule_reference.h"

#include <fmt/core.h>

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "docs/reference/markdown.h"
#include "docs/reference/starlark.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::reference {
namespace {

using Kind = Expression::Kind;

// A value with the file that its names are looked up in.
struct Value {
  const StarlarkFile* file = nullptr;
  const Expression* expression = nullptr;
  const Function* function = nullptr;
};

using Entries = std::vector<std::pair<std::string, Value>>;

// What BUILD files may leave out, by the kind of attribute, and how the reference calls the kind.
struct AttributeKind {
  std::string_view name;
  std::string_view default_value;
};
const std::map<std::string_view, AttributeKind> kAttributeKinds = {
    {"bool", {"bool", "False"}},
    {"int", {"int", "0"}},
    {"label", {"label", "None"}},
    {"label_keyed_string_dict", {"dict of labels to strings", "{}"}},
    {"label_list", {"list of labels", "[]"}},
    {"string", {"string", "\"\""}},
    {"string_dict", {"dict of strings", "{}"}},
    {"string_list_dict", {"dict of lists of strings", "{}"}},
    {"string_list", {"list of strings", "[]"}},
};

std::unexpected<std::string> wrong(const StarlarkFile& file, std::size_t line,
                                   std::string_view what) {
  return std::unexpected(fmt::format("{}:{}: {}", file.path, line, what));
}

class Reference {
 public:
  explicit Reference(std::string root) : root_(std::move(root)) {}

  base::Result<std::string> write() {
    out_ =
        "<!-- Written by `bazel run //docs:update_reference` from the docstrings. Do not edit. "
        "-->\n\n"
        "# Rules, providers, flags and programs\n\n";
    KMOD_TRY(write_exports("kmod_rules/defs.bzl", "## Rules and providers",
                           "load(\"@rules_kmod//kmod_rules:defs.bzl\", …)"));
    KMOD_TRY(write_exports("kmod_rules/repositories.bzl", "## For a WORKSPACE",
                           "load(\"@rules_kmod//kmod_rules:repositories.bzl\", …)"));
    KMOD_TRY(write_targets("kmod_rules/BUILD.bazel"));
    out_.erase(out_.find_last_not_of('\n') + 1);
    return out_ + "\n";
  }

 private:
  base::Result<const StarlarkFile*> file(const std::string& path) {
    auto& slot = files_[path];
    if (slot == nullptr) {
      const std::string text = KMOD_TRY(base::read_file(root_ + "/" + path));
      slot = std::make_unique<StarlarkFile>(KMOD_TRY(parse_starlark(path, text)));
    }
    return slot.get();
  }

  // The file of a label in this workspace. Errors: a label of another workspace.
  base::Result<const StarlarkFile*> loaded(const std::string& label, const StarlarkFile& from) {
    if (label.starts_with(':'))
      return file(from.path.substr(0, from.path.rfind('/') + 1) + label.substr(1));
    if (!label.starts_with("//"))
      return wrong(from, 1, fmt::format("{} is in another workspace", label));
    std::string path = label.substr(2);
    path[path.rfind(':')] = '/';
    return file(path);
  }

  base::Result<Value> find(const StarlarkFile& in, const std::string& name, std::size_t line) {
    if (const auto found = in.functions.find(name); found != in.functions.end()) {
      return Value{.file = &in, .function = &found->second};
    }
    if (const auto found = in.constants.find(name); found != in.constants.end()) {
      if (found->second.kind == Kind::kName)
        return find(in, found->second.text, found->second.line);
      return Value{.file = &in, .expression = &found->second};
    }
    if (const auto found = in.loads.find(name); found != in.loads.end()) {
      const StarlarkFile* const other = KMOD_TRY(loaded(found->second.first, in));
      return find(*other, found->second.second, 1);
    }
    return wrong(in, line, fmt::format("{} is not defined or loaded here", name));
  }

  base::Result<std::string> text_of(const Value& value) {
    const Expression& expression = *value.expression;
    if (expression.kind == Kind::kString) return expression.text;
    if (expression.kind == Kind::kName) {
      return text_of(KMOD_TRY(find(*value.file, expression.text, expression.line)));
    }
    if (expression.kind == Kind::kAdd) {
      std::string left = KMOD_TRY(text_of({value.file, &expression.items[0]}));
      return left + KMOD_TRY(text_of({value.file, &expression.items[1]}));
    }
    return wrong(*value.file, expression.line,
                 fmt::format("the text {} is computed. Write documentation as a literal.",
                             expression.source));
  }

  // The entries of a dictionary, of a name for one, or of dicts.add() and dict() of several.
  base::Result<Entries> entries_of(const Value& value) {
    const Expression& expression = *value.expression;
    Entries entries;
    const auto set = [&](const std::string& key, const Value& entry) {
      for (auto& [name, old] : entries) {
        if (name != key) continue;
        old = entry;
        return;
      }
      entries.emplace_back(key, entry);
    };
    if (expression.kind == Kind::kName) {
      return entries_of(KMOD_TRY(find(*value.file, expression.text, expression.line)));
    }
    if (expression.kind == Kind::kDict) {
      for (std::size_t i = 0; i < expression.items.size(); i += 2) {
        set(KMOD_TRY(text_of({value.file, &expression.items[i]})),
            {value.file, &expression.items[i + 1]});
      }
      return entries;
    }
    const bool merges =
        expression.kind == Kind::kCall &&
        (expression.items[0].source == "dicts.add" || expression.items[0].source == "dict");
    if (!merges) {
      return wrong(
          *value.file, expression.line,
          fmt::format("{} is neither a dictionary nor dicts.add() of some", expression.source));
    }
    for (std::size_t i = 1; i < expression.items.size(); ++i) {
      for (const auto& [key, entry] : KMOD_TRY(entries_of({value.file, &expression.items[i]})))
        set(key, entry);
    }
    for (std::size_t i = 0; i < expression.keywords.size(); ++i) {
      set(expression.keywords[i], {value.file, &expression.keyword_values[i]});
    }
    return entries;
  }

  // The documentation that a call has in its argument `doc`.
  base::Result<std::string> doc_of(const Value& call, const std::string& what) {
    const Expression* const doc = call.expression->keyword("doc");
    if (doc == nullptr)
      return wrong(*call.file, call.expression->line, fmt::format("{} has no doc", what));
    return dedent(KMOD_TRY(text_of({call.file, doc})));
  }

  base::Status write_exports(const std::string& path, std::string_view title,
                             std::string_view load) {
    const StarlarkFile& exports = *KMOD_TRY(file(path));
    if (exports.doc.empty()) return wrong(exports, 1, "the file has no docstring");
    out_ += fmt::format("{}\n\n    {}\n\n", title, load);
    for (const std::string& name : exports.constant_order) {
      if (!name.starts_with('_')) KMOD_TRY(write_symbol(name, KMOD_TRY(find(exports, name, 1))));
    }
    for (const auto& [name, function] : exports.functions) {
      if (!name.starts_with('_'))
        KMOD_TRY(write_function(name, {.file = &exports, .function = &function}));
    }
    return {};
  }

  base::Status write_symbol(const std::string& name, const Value& value) {
    if (value.function != nullptr) return write_function(name, value);
    const Expression& call = *value.expression;
    const std::string made_by = call.kind == Kind::kCall ? call.items[0].source : "";
    if (made_by == "rule" || made_by == "repository_rule") return write_rule(name, value);
    if (made_by == "provider") return write_provider(name, value);
    return wrong(*value.file, call.line,
                 fmt::format("{} is not a rule, a provider or a function", name));
  }

  base::Status write_rule(const std::string& name, const Value& value) {
    out_ += fmt::format("### {}\n\n{}\n", name, wrap(KMOD_TRY(doc_of(value, name))));
    const Expression* const attributes = value.expression->keyword("attrs");
    out_ += "| attribute | type | default | |\n|---|---|---|---|\n";
    out_ += table_row({code("name"), "string", "required", "The target's name."});
    if (attributes == nullptr) return {};
    for (const auto& [attribute, declared] : KMOD_TRY(entries_of({value.file, attributes}))) {
      if (attribute.starts_with('_')) continue;
      out_ += KMOD_TRY(attribute_row(name, attribute, declared));
    }
    out_ += '\n';
    return {};
  }

  base::Result<std::string> attribute_row(const std::string& rule, const std::string& attribute,
                                          const Value& declared) {
    Value call = declared;
    if (call.expression->kind == Kind::kName) {
      call = KMOD_TRY(find(*call.file, call.expression->text, call.expression->line));
    }
    const std::string what = fmt::format("the attribute {} of {}", attribute, rule);
    const Expression& function =
        call.expression->items.empty() ? *call.expression : call.expression->items[0];
    const auto kind = kAttributeKinds.find(function.text);
    if (function.kind != Kind::kDot || function.items[0].text != "attr" ||
        kind == kAttributeKinds.end()) {
      return wrong(*call.file, call.expression->line,
                   fmt::format("{} is of a kind that the reference does not know: {}", what,
                               call.expression->source));
    }
    const Expression* const mandatory = call.expression->keyword("mandatory");
    const Expression* const default_value = call.expression->keyword("default");
    const std::string shown = mandatory != nullptr && mandatory->text == "True" ? "required"
                              : default_value != nullptr ? code(default_value->source)
                                                         : code(kind->second.default_value);
    return table_row(
        {code(attribute), std::string(kind->second.name), shown, KMOD_TRY(doc_of(call, what))});
  }

  base::Status write_provider(const std::string& name, const Value& value) {
    out_ += fmt::format("### {}\n\n{}\n| field | |\n|---|---|\n", name,
                        wrap(KMOD_TRY(doc_of(value, name))));
    const Expression* const fields = value.expression->keyword("fields");
    if (fields == nullptr || fields->kind != Kind::kDict) {
      return wrong(*value.file, value.expression->line,
                   fmt::format("{} has no documented fields", name));
    }
    for (const auto& [field, doc] : KMOD_TRY(entries_of({value.file, fields}))) {
      out_ += table_row({code(field), KMOD_TRY(text_of(doc))});
    }
    out_ += '\n';
    return {};
  }

  // A docstring's text before its sections, and the entries of its section Args.
  static std::pair<std::string, std::map<std::string, std::string>> split_docstring(
      const std::string& doc) {
    std::string text;
    std::map<std::string, std::string> arguments;
    std::string section;
    std::string argument;
    for (const std::string_view line : base::split_lines(doc)) {
      if (line == "Args:" || line == "Returns:") {
        section = line;
        continue;
      }
      if (section.empty()) {
        text += fmt::format("{}\n", line);
      } else if (section == "Args:" && line.starts_with("  ") && !line.starts_with("   ")) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        argument = line.substr(2, colon - 2);
        arguments[argument] = line.substr(std::min(colon + 2, line.size()));
      } else if (section == "Args:" && line.starts_with("   ")) {
        arguments[argument] += fmt::format(" {}", line.substr(line.find_first_not_of(' ')));
      }
    }
    return {text, arguments};
  }

  base::Status write_function(const std::string& name, const Value& value) {
    const Function& function = *value.function;
    if (function.doc.empty())
      return wrong(*value.file, function.line, fmt::format("{} has no docstring", name));
    const auto [text, arguments] = split_docstring(dedent(function.doc));
    out_ += fmt::format("### {}\n\n{}\n", name, wrap(dedent(text)));
    if (function.parameters.empty()) return {};
    out_ += "| parameter | default | |\n|---|---|---|\n";
    for (const Parameter& parameter : function.parameters) {
      // Tests pass it.
      if (parameter.name == "fail") continue;
      const auto found = arguments.find(parameter.name);
      if (found == arguments.end() || found->second.empty()) {
        return wrong(
            *value.file, function.line,
            fmt::format("the docstring of {} does not describe {} in Args", name, parameter.name));
      }
      const bool required = parameter.default_value.empty() && !parameter.name.starts_with('*');
      out_ += table_row({code(parameter.name),
                         required ? "required" : code(parameter.default_value), found->second});
    }
    out_ += '\n';
    return {};
  }

  base::Status write_targets(const std::string& path) {
    const StarlarkFile& build = *KMOD_TRY(file(path));
    std::string flags;
    std::string programs;
    for (const Call& call : build.calls) {
      const std::string& kind = call.expression.items[0].text;
      const bool is_flag = kind.ends_with("_flag");
      if (!is_flag && kind != "alias") continue;
      const Expression* const name = call.expression.keyword("name");
      if (name == nullptr)
        return wrong(build, call.expression.line, fmt::format("a target {} has no name", kind));
      if (call.comment.empty()) {
        return wrong(build, call.expression.line,
                     fmt::format("{} has no comment above it", name->text));
      }
      if (is_flag) {
        const Expression* const value = call.expression.keyword("build_setting_default");
        flags += table_row({code(fmt::format("--@rules_kmod//kmod_rules:{}", name->text)),
                            code(value == nullptr ? "" : value->text), dedent(call.comment)});
      } else {
        programs +=
            table_row({code(fmt::format("bazel run @rules_kmod//kmod_rules:{}", name->text)),
                       dedent(call.comment)});
      }
    }
    out_ += fmt::format("## Flags\n\n| flag | default | |\n|---|---|---|\n{}\n", flags);
    out_ += fmt::format("## Programs\n\n| command | |\n|---|---|\n{}\n", programs);
    return {};
  }

  std::string root_;
  std::map<std::string, std::unique_ptr<StarlarkFile>> files_;
  std::string out_;
};

}  // namespace

base::Result<std::string> rule_reference(const std::string& root) {
  return Reference(root).write();
}

}  // namespace kmod::reference
