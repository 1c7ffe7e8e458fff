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
        "-fno-asynchronous-unwind-tables, as the toolchain of rules_kmod does unless copts say "
        "otherwise, and return kmod::Result<T>."};

const ForbiddenKind kThreadLocal = {
    .what = "thread_local is",
    .advice =
        "A module has no thread-local storage. Keep the value in an object for each task, or in "
        "per-CPU data."};

const ForbiddenKind kSanitizer = {
    .what = "a sanitizer (-fsanitize=...) is",
    .advice =
        "Its functions belong to user space, and this kernel has none of that name. Remove it from "
        "copts, from features and from the command line. A test on the host can use it, and a VM "
        "test on @debian12_debug_amd64//:kernel, whose modules are compiled with KASAN, finds "
        "errors of memory."};

const ForbiddenKind kProfile = {
    .what = "a profile or the coverage of code (-fprofile-..., --coverage) is",
    .advice =
        "It needs functions of user space that collect it. Remove the flag from copts, from "
        "features and from the command line, and measure in a test on the host."};

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
        "The kernel has no type information at run time. Compile with -fno-rtti, as the toolchain "
        "of "
        "rules_kmod does unless copts say otherwise, and use a virtual function or an enum."};

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

constexpr ForbiddenKind kWideMultiplication = {
    .what = "128-bit multiplication that checks for overflow is",
    .advice =
        "The kernel has no function for it. Check 64-bit values instead, or compare with a limit "
        "before the multiplication."};

constexpr ForbiddenKind kBitRoutine = {
    .what = "a function of libgcc that counts bits is",
    .advice =
        "The kernel does not have libgcc. Use std::popcount() and similar functions of <bit>, "
        "which "
        "the toolchain of rules_kmod compiles without it; a library that was compiled elsewhere "
        "has to be compiled with that toolchain."};

constexpr ForbiddenKind kTrappingArithmetic = {
    .what = "arithmetic of -ftrapv is",
    .advice =
        "It calls functions of libgcc, which the kernel does not have. Remove -ftrapv, and use "
        "__builtin_add_overflow() and similar functions where a result may overflow."};

constexpr ForbiddenKind kWideAtomic = {
    .what = "an atomic operation that is more than one instruction is",
    .advice =
        "For a value of 16 bytes, or whose size is not 1, 2, 4 or 8, Clang calls a library of user "
        "space. Keep the value within 8 bytes, such as an index with a counter of generations "
        "instead of a pointer with one, or guard it with a lock."};

constexpr ForbiddenKind kMath = {
    .what = "a floating-point function of libm is",
    .advice =
        "The kernel has no libm, and the floating-point registers belong to the user's program. "
        "The compiler calls it for floating-point and vector code too, also where -mfma4 or a "
        "similar option is on. Use integers, and fixed-point arithmetic for fractions. If the "
        "function is your own, add the library that defines it to deps.",
    .reserved = false};

constexpr ForbiddenKind kSectionBounds = {
    .what = "a table that the linker collects, between __start_SECTION and __stop_SECTION, is",
    .advice =
        "The linker defines these symbols in programs, and not in modules. Put the entries into an "
        "array, or have each source register its own from create() of the Module class.",
    .reserved = false};

constexpr ForbiddenKind kUndefinedSanitizer = {
    .what = "-fsanitize=undefined is",
    .advice =
        "This kernel does not export the functions that report what it finds. Remove it from "
        "copts, from features and from the command line, add -fsanitize-trap=undefined, which "
        "needs no functions, or build for a kernel with CONFIG_UBSAN."};

constexpr ForbiddenKind kTraceCalls = {
    .what = "a call at the start of each function (-pg, -finstrument-functions) is",
    .advice =
        "This kernel does not export a function of this name to call. Remove the flag from copts "
        "and from the command line: the toolchain of rules_kmod adds what the kernel's tracing "
        "needs."};

constexpr ForbiddenKind kFortified = {
    .what = "-D_FORTIFY_SOURCE of user space is",
    .advice =
        "It calls functions of the C library that check sizes. Remove it from copts, or compile "
        "the library with -D_FORTIFY_SOURCE=0."};

constexpr ForbiddenKind kHostedLibrary = {
    .what = "a part of the standard library that is compiled into libstdc++ is",
    .advice =
        "The kernel has only the headers of the standard library that need no such library: "
        "strings, streams, locales, hash tables, trees and threads are in it. Use std::span, "
        "std::array and std::string_view, kmod/unique_array.h for memory, and a kernel_c_library "
        "for the kernel's own lists, trees and hash tables."};

constexpr ForbiddenKind kCLibrary = {
    .what = "a function of the C library is",
    .advice =
        "The kernel has no C library. Allocate with \"kmod/alloc.h\", print with \"kmod/print.h\", "
        "and reach what the kernel has instead of other functions by a kernel_c_library. If the "
        "function is your own, add the library that defines it to deps.",
    .reserved = false};

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

// Functions of <math.h>, for double. Those for float and long double have an f or l after the name.
constexpr const char* kMathNames[] = {
    "acos",      "acosh",    "asin",      "asinh",  "atan",   "atan2",  "atanh",     "cbrt",
    "ceil",      "copysign", "cos",       "cosh",   "erf",    "erfc",   "exp",       "exp2",
    "expm1",     "fabs",     "fdim",      "floor",  "fma",    "fmax",   "fmin",      "fmod",
    "frexp",     "hypot",    "ilogb",     "ldexp",  "lgamma", "llrint", "llround",   "log",
    "log10",     "log1p",    "log2",      "logb",   "lrint",  "lround", "modf",      "nearbyint",
    "nextafter", "pow",      "remainder", "remquo", "rint",   "round",  "roundeven", "scalbln",
    "scalbn",    "sin",      "sincos",    "sinh",   "sqrt",   "tan",    "tanh",      "tgamma",
    "trunc"};

constexpr const char* kCLibraryNames[] = {
    "malloc",         "calloc",       "realloc",      "free",    "aligned_alloc",
    "posix_memalign", "printf",       "fprintf",      "vprintf", "vfprintf",
    "puts",           "putchar",      "fputs",        "fputc",   "fwrite",
    "fopen",          "fclose",       "fflush",       "stderr",  "stdout",
    "exit",           "_exit",        "getenv",       "perror",  "__errno_location",
    "__assert_fail",  "strtol",       "strtoul",      "strtoll", "strtoull",
    "atoi",           "rand",         "qsort",        "usleep",  "nanosleep",
    "time",           "gettimeofday", "clock_gettime"};

// Names of which others begin in the same way. The first that fits counts.
struct Prefix {
  std::string_view text;
  const ForbiddenKind* kind;
};
const Prefix kPrefixes[] = {
    {"__atomic_", &kWideAtomic},    {"__start_", &kSectionBounds},
    {"__stop_", &kSectionBounds},   {"__ubsan_", &kUndefinedSanitizer},
    {"__asan_", &kSanitizer},       {"__hwasan_", &kSanitizer},
    {"__msan_", &kSanitizer},       {"__tsan_", &kSanitizer},
    {"__sanitizer_", &kSanitizer},  {"__gcov_", &kProfile},
    {"__llvm_profile_", &kProfile}, {"llvm_gcda_", &kProfile},
    {"llvm_gcov_", &kProfile},      {"__cyg_profile_", &kTraceCalls},
    {"_Unwind_", &kUnwindTables},   {"pthread_", &kCLibrary},
    {"_ZTVN10__cxxabiv1", &kRtti},  {"_ZN9__gnu_cxx", &kHostedLibrary},
    {"_ZNSo", &kHostedLibrary},     {"_ZNSi", &kHostedLibrary},
    {"_ZNSs", &kHostedLibrary},     {"_ZNKSs", &kHostedLibrary},
    {"_ZNSt", &kHostedLibrary},     {"_ZNKSt", &kHostedLibrary},
    {"_ZSt", &kHostedLibrary},      {"_ZTISt", &kHostedLibrary},
    {"_ZTINSt", &kHostedLibrary},   {"_ZTVSt", &kHostedLibrary},
    {"_ZTVNSt", &kHostedLibrary},
};

// Symbols that such a prefix fits, and that the runtime defines, or, because a program may
// specialize these templates, a library.
constexpr std::string_view kDefinedElsewhere[] = {"_ZSt9terminatev", "_ZSt21__glibcxx_assert_fail",
                                                  "_ZNSt4hashI", "_ZNKSt4hashI",
                                                  "_ZNKSt9formatter"};

const ForbiddenKind* kind_by_form(std::string_view symbol) {
  for (const std::string_view other : kDefinedElsewhere) {
    if (symbol.starts_with(other)) return nullptr;
  }
  if (symbol.starts_with("_ZSt") && symbol.contains("__throw_")) return &kUnwindTables;
  if (symbol.size() > 6 && symbol.starts_with("__") && symbol.ends_with("_chk")) return &kFortified;
  for (const Prefix& prefix : kPrefixes) {
    if (symbol.starts_with(prefix.text)) return prefix.kind;
  }
  return nullptr;
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
        "__cxa_call_unexpected", "__cxa_call_terminate", "__gxx_personality_v0"}) {
    kinds.emplace(name, &kUnwindTables);
  }
  for (const char* name : {"__cxa_guard_acquire", "__cxa_guard_release", "__cxa_guard_abort"}) {
    kinds.emplace(name, &kGuardedStatic);
  }
  for (const char* name : {"__dynamic_cast", "__cxa_bad_typeid"}) {
    kinds.emplace(name, &kRtti);
  }
  for (const char* name : {"__tls_get_addr", "__emutls_get_address", "__cxa_thread_atexit"}) {
    kinds.emplace(name, &kThreadLocal);
  }
  for (const char* name :
       {"__divti3", "__udivti3", "__modti3", "__umodti3", "__divmodti4", "__udivmodti4"}) {
    kinds.emplace(name, &kWideDivision);
  }
  for (const char* name : {"__muloti4", "__mulodi4", "__multi3"}) {
    kinds.emplace(name, &kWideMultiplication);
  }
  for (const std::string name : {"popcount", "parity", "clz", "ctz", "ffs", "bswap"}) {
    for (const std::string mode : {"si2", "di2", "ti2"}) {
      kinds.emplace("__" + name + mode, &kBitRoutine);
    }
  }
  for (const std::string name : {"addv", "subv", "mulv"}) {
    for (const std::string mode : {"si3", "di3", "ti3"}) {
      kinds.emplace("__" + name + mode, &kTrappingArithmetic);
    }
  }
  for (const char* name : {"mcount", "_mcount", "__mcount", "__fentry__"}) {
    kinds.emplace(name, &kTraceCalls);
  }
  for (const std::string name : kMathNames) {
    for (const std::string suffix : {"", "f", "l"}) kinds.emplace(name + suffix, &kMath);
  }
  for (const char* name : kCLibraryNames) kinds.emplace(name, &kCLibrary);
  add_float(kinds);
  return kinds;
}

}  // namespace

const ForbiddenKind* forbidden_kind(std::string_view symbol) {
  static const auto kinds = make_kinds();
  const auto found = kinds.find(symbol);
  return found == kinds.end() ? kind_by_form(symbol) : found->second;
}

}  // namespace kmod::link
