// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/objtool_diagnosis.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

struct Kind {
  std::string_view what;    // after the name of the function
  std::string_view advice;  // sentences
};

constexpr Kind kNakedReturn = {
    .what = "returns without the kernel's return thunk, which the mitigation of Retbleed needs",
    .advice =
        "In assembler, include <linux/linkage.h> and write RET instead of ret: srcs of "
        "kernel_module and of kernel_c_library take .S files with the kernel's headers. An object "
        "that was compiled elsewhere needs -mfunction-return=thunk-extern."};

constexpr Kind kIndirect = {
    .what = "calls or jumps through a register or memory without a retpoline",
    .advice =
        "In assembler, include <asm/nospec-branch.h> and write CALL_NOSPEC or JMP_NOSPEC: srcs of "
        "kernel_module and of kernel_c_library take .S files with the kernel's headers. An object "
        "that was compiled elsewhere needs -mindirect-branch=thunk-extern (GCC) or "
        "-mretpoline-external-thunk (Clang)."};

constexpr Kind kStraightLine = {
    .what = "has no int3 after a return or an indirect jump, so the processor may run on past it",
    .advice =
        "In assembler, include <linux/linkage.h> and write RET instead of ret. An object that was "
        "compiled elsewhere needs -mharden-sls=all."};

constexpr Kind kUnreachable = {
    .what = "has instructions that nothing reaches",
    .advice =
        "The code before them calls a function that never returns and is not declared so, or data "
        "stands between the instructions. Declare such a function [[noreturn]]; in assembler, put "
        "data into .rodata."};

constexpr Kind kFallsThrough = {
    .what = "can run past its end into the next function",
    .advice =
        "A path does not return: in C++ that is undefined behavior which the compiler has seen, "
        "such as a missing return or an endless loop without effects; in assembler, end each path "
        "with RET or a jump."};

constexpr Kind kJumpTarget = {
    .what = "jumps or calls to where no instruction begins",
    .advice =
        "The target is data or the middle of an instruction, or objtool misreads an instruction "
        "that "
        "kernel code does not use, such as those of XOP. In assembler, jump to labels only, and "
        "keep "
        "data in .rodata; leave variants for newer processors out of the kernel's build."};

constexpr Kind kCallTarget = {
    .what = "calls a label that is not a function",
    .advice =
        "In assembler, make the target a function with SYM_FUNC_START() and SYM_FUNC_END() of "
        "<linux/linkage.h>, or jump to it."};

constexpr Kind kUnknownInstruction = {
    .what = "has an instruction that this kernel's objtool does not know",
    .advice =
        "It is an extension that kernel code does not use, such as XOP or FMA4, or data between "
        "instructions. Leave the variant for newer processors out of the kernel's build, or put "
        "the data into .rodata."};

constexpr Kind kStackState = {
    .what =
        "moves the stack pointer in a way that objtool cannot follow, so that stack traces "
        "through it would be wrong",
    .advice =
        "Every path has to pop what it has pushed before it returns or jumps to another function, "
        "and inline assembler has to leave the stack pointer as it was. If code cannot, name the "
        "function in STACK_FRAME_NON_STANDARD() of <linux/objtool.h> in a C source."};

constexpr Kind kFramePointer = {
    .what = "does not keep the frame pointer, with which this kernel unwinds the stack",
    .advice =
        "In assembler, write FRAME_BEGIN and FRAME_END of <asm/frame.h> around calls, and do not "
        "use %rbp for data. An object that was compiled elsewhere needs -fno-omit-frame-pointer."};

constexpr Kind kEndbr = {
    .what =
        "takes the address of code that does not begin with ENDBR, to which this kernel "
        "forbids indirect calls",
    .advice =
        "In assembler, SYM_FUNC_START() of <linux/linkage.h> adds it. An object that was compiled "
        "elsewhere needs -fcf-protection=branch."};

constexpr Kind kUserAccess = {
    .what = "calls or returns between user_access_begin() and user_access_end()",
    .advice =
        "Only the copy itself may stand there: call other functions before or after, also those "
        "that an assertion or a sanitizer adds."};

constexpr Kind kDirectionFlag = {
    .what = "calls or returns with the direction flag set",
    .advice = "In assembler, write cld after the string instruction that needed std."};

struct Pattern {
  std::string_view text;
  const Kind* kind;
};
// The first that the warning contains counts.
constexpr Pattern kPatterns[] = {
    {"'naked' return found in ", &kNakedReturn},
    {"indirect call found in ", &kIndirect},
    {"indirect jump found in ", &kIndirect},
    {"missing int3 after ", &kStraightLine},
    {"unreachable instruction", &kUnreachable},
    {"falls through to next function", &kFallsThrough},
    {"unexpected end of section", &kFallsThrough},
    {"can't find jump dest", &kJumpTarget},
    {"can't find call dest", &kJumpTarget},
    {"unannotated intra-function call", &kCallTarget},
    {"unsupported call to non-function", &kCallTarget},
    {"can't decode instruction at ", &kUnknownInstruction},
    {"stack state", &kStackState},
    {"modified stack frame", &kStackState},
    {"unsupported stack", &kStackState},
    {"unknown stack-related", &kStackState},
    {"unknown CFA base reg", &kStackState},
    {"frame pointer", &kFramePointer},
    {"BP used as a scratch register", &kFramePointer},
    {"relocation to !ENDBR", &kEndbr},
    {"UACCESS", &kUserAccess},
    {"DF set", &kDirectionFlag},
};

struct Warning {
  const Kind* kind;
  std::string place;   // a function, or a section and an offset; may be empty
  std::string symbol;  // of the function; empty for a section

  [[nodiscard]] bool repeats(const Warning& other) const {
    return kind == other.kind && symbol == other.symbol &&
           (!symbol.empty() || place == other.place);
  }
};

// "f" of "f+0x12", "f()+0x12" and "f()".
std::string_view without_offset(std::string_view place) {
  place = place.substr(0, place.find('+'));
  if (place.ends_with("()")) place.remove_suffix(2);
  return place;
}

std::optional<Warning> parse_warning(std::string_view line) {
  std::string_view text;
  for (const std::string_view prefix : {"warning: objtool: ", "error: objtool: "}) {
    const std::size_t at = line.find(prefix);
    if (at != std::string_view::npos) text = line.substr(at + prefix.size());
  }
  const auto* const pattern = std::ranges::find_if(
      kPatterns, [&](const Pattern& known) { return text.contains(known.text); });
  if (text.empty() || pattern == std::end(kPatterns)) return std::nullopt;
  Warning warning{.kind = pattern->kind, .place = "", .symbol = ""};
  if (pattern->kind == &kUnknownInstruction) {
    warning.place = text.substr(text.find(pattern->text) + pattern->text.size());
    return warning;
  }
  const std::size_t end = text.find_first_of(": ");
  const std::string_view place = text.substr(0, end);
  if (place.starts_with('.')) {
    warning.place = place;
  } else {
    warning.symbol = without_offset(place);
    warning.place = warning.symbol;
  }
  return warning;
}

std::string explain(const Warning& warning, const DiagnosisContext& context) {
  const std::string owners = link::describe_definitions(context.definitions, warning.symbol);
  const bool cxx = base::is_mangled(warning.symbol);
  const std::string subject = warning.symbol.empty()
                                  ? fmt::format("code at {}", warning.place)
                                  : fmt::format("{}{}", warning.place, cxx ? "" : "()");
  return fmt::format("{}: {}{}{} {}. {}", context.label, subject, owners.empty() ? "" : " of ",
                     owners, warning.kind->what, warning.kind->advice);
}

}  // namespace

std::vector<std::string> diagnose_objtool(std::string_view log, const DiagnosisContext& context) {
  std::vector<Warning> warnings;
  for (const std::string_view line : base::split_lines(log)) {
    const auto warning = parse_warning(line);
    if (!warning) continue;
    const bool known = std::ranges::any_of(
        warnings, [&](const Warning& other) { return warning->repeats(other); });
    if (!known) warnings.push_back(*warning);
  }
  std::vector<std::string*> names;
  names.reserve(warnings.size());
  for (Warning& warning : warnings) names.push_back(&warning.place);
  std::vector<std::string> messages;
  if (const base::Status done = context.demangler.demangle(names); !done) {
    messages.push_back(fmt::format("{}: {}", context.label, done.error()));
  }
  for (const Warning& warning : warnings) messages.push_back(explain(warning, context));
  return messages;
}

}  // namespace kmod::kbuild
