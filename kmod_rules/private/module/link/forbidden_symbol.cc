// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/forbidden_symbol.h"

#include <map>
#include <string>

namespace kmod::link {

const ForbiddenKind kStaticConstructor = {
    .what = "a constructor or destructor of a static object is",
    .advice =
        "The kernel's module loader does not run constructors, so the object would be used before "
        "it "
        "is constructed. Declare it constinit, with a constexpr constructor and a trivial "
        "destructor, or make it a member of the Module class."};

const ForbiddenKind kUnwindTables = {
    .what = "exceptions, or tables to unwind the stack for them, are",
    .advice =
        "The kernel has no C++ runtime to throw with. Compile with -fno-exceptions "
        "-fno-asynchronous-unwind-tables, which //toolchains does, and return kmod::Result<T>."};

const ForbiddenKind kThreadLocal = {
    .what = "thread_local is",
    .advice =
        "A module has no thread-local storage. Keep the value in an object for each task, or in "
        "per-CPU data."};

namespace {

constexpr ForbiddenKind kPlainNew = {
    .what = "plain operator new is",
    .advice =
        "Clang assumes that it never returns null, so the kernel cannot supply it. Use "
        "kmod::make_unique<T>(gfp, ...) or new (gfp) T from \"kmod/alloc.h\"."};

constexpr ForbiddenKind kGuardedStatic = {
    .what = "a static variable of a function, constructed on first use, is",
    .advice =
        "The compiler guards the construction with a hidden lock, which the kernel does not have. "
        "Declare the variable constinit, or make it a member of the Module class."};

constexpr ForbiddenKind kRtti = {
    .what = "dynamic_cast or typeid is",
    .advice =
        "The kernel has no type information at run time. Compile with -fno-rtti, which "
        "//toolchains does, and use a virtual function or an enum."};

constexpr ForbiddenKind kFloat = {
    .what = "floating point is",
    .advice =
        "The floating-point registers belong to the user's program. Use integers, and fixed-point "
        "arithmetic for fractions."};

constexpr ForbiddenKind kWideDivision = {
    .what = "128-bit division is",
    .advice =
        "The kernel has no function for it. Divide 64-bit values (with div64_u64() and similar "
        "functions, in a C source), or shift if the divisor is a power of two."};

constexpr const char* kFloatModes[] = {"sf", "df", "tf", "xf"};

// libgcc's routines by its own naming scheme: __ <operation> <modes> <number of operands>. See
// https://gcc.gnu.org/onlinedocs/gccint/Soft-float-library-routines.html
void add_float(std::map<std::string, const ForbiddenKind*, std::less<>>& kinds) {
  const auto add = [&](const std::string& name) { kinds.emplace("__" + name, &kFloat); };
  for (const std::string mode : kFloatModes) {
    for (const std::string name : {"add", "sub", "mul", "div"}) add(name + mode + "3");
    for (const std::string name :
         {"neg", "abs", "cmp", "unord", "eq", "ne", "ge", "lt", "le", "gt", "powi"}) {
      add(name + mode + "2");
    }
    for (const std::string integer : {"si", "di", "ti"}) {
      add("fix" + mode + integer);
      add("fixuns" + mode + integer);
      add("float" + integer + mode);
      add("floatun" + integer + mode);
    }
    for (const std::string other : {"hf", "bf", "sf", "df", "tf", "xf"}) {
      if (other == mode) continue;
      add("extend" + other + mode + "2");
      add("trunc" + mode + other + "2");
    }
  }
  for (const std::string complex : {"sc", "dc", "tc", "xc"}) {
    add("mul" + complex + "3");
    add("div" + complex + "3");
  }
  add("gnu_h2f_ieee");
  add("gnu_f2h_ieee");
}

std::map<std::string, const ForbiddenKind*, std::less<>> make_kinds() {
  std::map<std::string, const ForbiddenKind*, std::less<>> kinds;
  for (const char* name : {"_Znwm", "_Znam", "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t"}) {
    kinds.emplace(name, &kPlainNew);
  }
  for (const char* name : {"__cxa_atexit", "__cxa_finalize", "atexit", "__dso_handle"}) {
    kinds.emplace(name, &kStaticConstructor);
  }
  for (const char* name :
       {"__cxa_allocate_exception", "__cxa_free_exception", "__cxa_throw", "__cxa_rethrow",
        "__cxa_begin_catch", "__cxa_end_catch", "__cxa_get_exception_ptr",
        "__cxa_init_primary_exception", "__cxa_throw_bad_array_new_length", "__cxa_bad_cast",
        "__cxa_call_unexpected", "__cxa_call_terminate", "__gxx_personality_v0",
        "_Unwind_Resume"}) {
    kinds.emplace(name, &kUnwindTables);
  }
  for (const char* name : {"__cxa_guard_acquire", "__cxa_guard_release", "__cxa_guard_abort"}) {
    kinds.emplace(name, &kGuardedStatic);
  }
  for (const char* name :
       {"__dynamic_cast", "__cxa_bad_typeid", "_ZTVN10__cxxabiv117__class_type_infoE",
        "_ZTVN10__cxxabiv120__si_class_type_infoE", "_ZTVN10__cxxabiv121__vmi_class_type_infoE",
        "_ZTVN10__cxxabiv119__pointer_type_infoE", "_ZTVN10__cxxabiv116__enum_type_infoE",
        "_ZTVN10__cxxabiv120__function_type_infoE"}) {
    kinds.emplace(name, &kRtti);
  }
  for (const char* name : {"__tls_get_addr", "__emutls_get_address", "__cxa_thread_atexit"}) {
    kinds.emplace(name, &kThreadLocal);
  }
  for (const char* name :
       {"__divti3", "__udivti3", "__modti3", "__umodti3", "__divmodti4", "__udivmodti4"}) {
    kinds.emplace(name, &kWideDivision);
  }
  add_float(kinds);
  return kinds;
}

}  // namespace

const ForbiddenKind* forbidden_kind(std::string_view symbol) {
  static const auto kinds = make_kinds();
  const auto found = kinds.find(symbol);
  return found == kinds.end() ? nullptr : found->second;
}

}  // namespace kmod::link
