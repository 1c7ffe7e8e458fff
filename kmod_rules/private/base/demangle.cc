// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/demangle.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace kmod::base {

namespace {

bool is_mangled(std::string_view symbol) { return symbol.starts_with("_Z"); }

}  // namespace

std::string demangle(std::string_view symbol) {
  std::string terminated(symbol);
  if (!is_mangled(symbol)) return terminated;
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(terminated.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 ? std::string(name.get()) : terminated;
}

std::string describe_referrer(std::string_view symbol, bool is_function) {
  constexpr std::string_view kFileConstructor = "_GLOBAL__sub_I_";
  if (symbol.starts_with(kFileConstructor)) {
    return "the static constructors of " + std::string(symbol.substr(kFileConstructor.size()));
  }
  if (is_mangled(symbol)) return demangle(symbol);
  return is_function ? std::string(symbol) + "()" : std::string(symbol);
}

}  // namespace kmod::base
