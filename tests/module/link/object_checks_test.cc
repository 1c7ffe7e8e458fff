// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/object_checks.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/base/elf_builder.h"
#include "tests/base/pinned_demangler.h"

namespace kmod::link {
namespace {

using Messages = std::vector<std::string>;

LinkedObject linked(const std::string& library, const std::string& file, std::string object) {
  auto bytes = std::make_shared<const std::string>(std::move(object));
  auto parsed = base::ElfObject::parse(*bytes);
  EXPECT_TRUE(parsed) << parsed.error();
  return {.library = library, .file = file, .bytes = bytes, .object = std::move(*parsed)};
}

Messages check(const std::string& result, const std::vector<LinkedObject>& inputs,
               const kernel::Symvers& exports = {}) {
  const auto object = base::ElfObject::parse(result);
  EXPECT_TRUE(object) << object.error();
  return check_objects("//hello:hello_ko", *object, inputs, exports,
                       base::Demangler(base::pinned_demangler()));
}

Messages check_one(const std::string& object) {
  return check(object, {linked("//hello:hello", "hello.o", object)});
}

// An object with one section of bytes that point at a function.
std::string object_with_section(const std::string& name, std::uint32_t type,
                                bool by_section_symbol) {
  base::ElfBuilder builder;
  const std::uint32_t text = builder.add_text(".text.startup");
  const std::uint32_t section = builder.add_section(name, type, SHF_ALLOC | SHF_WRITE, 8);
  const std::uint32_t text_symbol = builder.add_symbol("", STT_SECTION, text, 0, 0);
  const std::uint32_t function = builder.add_function("_GLOBAL__sub_I_hello.cc", text, 16, 16);
  if (by_section_symbol) {
    builder.add_relocation(section, 0, text_symbol, 16);
  } else {
    builder.add_relocation(section, 0, function);
  }
  return builder.build();
}

TEST(ObjectChecksTest, NamesLibraryObjectFunctionAndRemedy) {
  EXPECT_EQ(check_one(base::object_with_references("_ZN5Hello6createEv", {"_Znwm"})),
            (Messages{"//hello:hello_ko: plain operator new is used by //hello:hello (hello.o, in "
                      "Hello::create()). Clang assumes that it never returns null, so the kernel "
                      "cannot supply it. Use kmod::make_unique<T>(gfp, ...) or new (gfp) T from "
                      "\"kmod/alloc.h\"."}));
}

TEST(ObjectChecksTest, NamesTheConstrainedFunction) {
  const auto messages =
      check_one(base::object_with_references("_Z11constrainedIiQgtstT_Li1EEvS0_", {"__muldf3"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_NE(messages[0].find("(hello.o, in void constrained<int>(T))."), std::string::npos)
      << messages[0];
}

TEST(ObjectChecksTest, SaysWhyNamesAreMangled) {
  const std::string bytes = base::object_with_references("_Z1gv", {"_Znwm"});
  const auto object = base::ElfObject::parse(bytes);
  ASSERT_TRUE(object);
  const auto messages = check_objects("//a", *object, {linked("//a", "a.o", bytes)}, {},
                                      base::Demangler("/no/such/filt"));
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0],
            "//a: names are shown mangled: cannot start /no/such/filt: No such file or "
            "directory");
  EXPECT_NE(messages[1].find("(a.o, in _Z1gv)."), std::string::npos) << messages[1];
}

TEST(ObjectChecksTest, NeedsNoDemanglerForAGoodModule) {
  const std::string bytes = base::object_with_references("_Z1gv", {"kfree"});
  const auto object = base::ElfObject::parse(bytes);
  ASSERT_TRUE(object);
  EXPECT_EQ(check_objects("//a", *object, {linked("//a", "a.o", bytes)}, {},
                          base::Demangler("/no/such/filt")),
            Messages());
}

TEST(ObjectChecksTest, FindsEachKindOfSymbol) {
  const std::pair<std::string, std::string> cases[] = {
      {"_Znam", "plain operator new is used by"},
      {"__muldf3", "floating point is used by"},
      {"__cxa_atexit", "a constructor or destructor of a static object is used by"},
      {"__cxa_throw", "exceptions, or tables to unwind the stack for them, are used by"},
      {"__dynamic_cast", "dynamic_cast or typeid is used by"},
      {"__tls_get_addr", "thread_local is used by"},
      {"__udivti3", "128-bit division is used by"},
  };
  for (const auto& [symbol, text] : cases) {
    const auto messages = check_one(base::object_with_references("caller", {symbol}));
    ASSERT_EQ(messages.size(), 1u) << symbol;
    EXPECT_NE(messages[0].find(text + " //hello:hello (hello.o, in caller())."), std::string::npos)
        << messages[0];
  }
}

TEST(ObjectChecksTest, FindsEachKindOfSection) {
  const std::pair<std::string, std::string> cases[] = {
      {".init_array", "a constructor or destructor of a static object is"},
      {".init_array.00100", "a constructor or destructor of a static object is"},
      {".fini_array", "a constructor or destructor of a static object is"},
      {".ctors", "a constructor or destructor of a static object is"},
      {".eh_frame", "exceptions, or tables to unwind the stack for them, are"},
      {".gcc_except_table", "exceptions, or tables to unwind the stack for them, are"},
      {".tdata", "thread_local is"},
  };
  for (const auto& [section, text] : cases) {
    for (const bool by_section_symbol : {false, true}) {
      const auto messages =
          check_one(object_with_section(section, SHT_PROGBITS, by_section_symbol));
      ASSERT_EQ(messages.size(), 1u) << section;
      EXPECT_NE(messages[0].find(text + " used by //hello:hello (hello.o, in the static "
                                        "constructors of hello.cc)."),
                std::string::npos)
          << messages[0];
    }
  }
  EXPECT_EQ(check_one(object_with_section(".tbss", SHT_NOBITS, false)).size(), 1u);
  EXPECT_EQ(check_one(object_with_section(".data", SHT_PROGBITS, false)), Messages());
}

// Where the kernel has KASAN, its module loader runs the constructor that registers variables; that
// of KCSAN does nothing.
TEST(ObjectChecksTest, AcceptsTheConstructorsOfChecksThatTheKernelHas) {
  const auto object_with = [](const std::vector<std::string>& constructors) {
    base::ElfBuilder builder;
    const std::uint32_t text = builder.add_text(".text");
    const std::uint32_t table =
        builder.add_section(".init_array.1", SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE, 16);
    for (std::uint64_t i = 0; i < constructors.size(); ++i) {
      builder.add_relocation(table, 8 * i, builder.add_function(constructors[i], text, 16 * i, 16));
    }
    return builder.build();
  };
  kernel::Symvers exports;
  ASSERT_TRUE(exports.add("0x00000000\t__asan_register_globals\tvmlinux\tEXPORT_SYMBOL\t\n", "k"));
  const auto messages = [&](const std::string& object, const kernel::Symvers& kernel) {
    return check(object, {linked("//hello:hello", "hello.o", object)}, kernel);
  };
  const std::string one = object_with({"asan.module_ctor"});
  EXPECT_EQ(messages(one, exports), Messages());
  ASSERT_EQ(messages(one, {}).size(), 1u);
  EXPECT_NE(messages(one, {})[0].find("a sanitizer (-fsanitize=...) is used"), std::string::npos);
  const std::string race = object_with({"tsan.module_ctor"});
  ASSERT_EQ(messages(race, exports).size(), 1u);
  kernel::Symvers kcsan;
  ASSERT_TRUE(kcsan.add("0x00000000\t__tsan_init\tvmlinux\tEXPORT_SYMBOL\t\n", "k"));
  EXPECT_EQ(messages(race, kcsan), Messages());
  const std::string by_gcc = object_with({"_sub_I_00099_0"});
  EXPECT_EQ(messages(by_gcc, {}).size(), 1u);
  EXPECT_EQ(messages(by_gcc, exports), Messages());
  EXPECT_EQ(messages(by_gcc, kcsan), Messages());
  const std::string two = object_with({"asan.module_ctor", "_GLOBAL__sub_I_hello.cc"});
  ASSERT_EQ(messages(two, exports).size(), 1u);
  EXPECT_NE(messages(two, exports)[0].find("a constructor or destructor of a static object is used "
                                           "by //hello:hello (hello.o, in the static"),
            std::string::npos)
      << messages(two, exports)[0];
}

TEST(ObjectChecksTest, FindsRelocationsThatTheModuleLoaderRefuses) {
  const std::pair<std::uint32_t, std::string> cases[] = {
      {R_X86_64_GOTPCREL, "position-independent code is"},
      {R_X86_64_REX_GOTPCRELX, "position-independent code is"},
      {R_X86_64_TPOFF32, "thread_local is"},
      {R_X86_64_16, "a relocation that the kernel's module loader does not know is"},
  };
  for (const auto& [type, text] : cases) {
    base::ElfBuilder builder;
    const std::uint32_t code = builder.add_text();
    builder.add_function("_Z1gv", code, 0, 16);
    builder.add_relocation(code, 3, builder.add_undefined("kfree"), -4, type);
    const auto messages = check_one(builder.build());
    ASSERT_EQ(messages.size(), 1u) << type;
    EXPECT_NE(messages[0].find(text + " used by //hello:hello (hello.o, in g())."),
              std::string::npos)
        << messages[0];
  }
}

// The loader does not read debugging information.
TEST(ObjectChecksTest, AcceptsRelocationsOutsideOfWhatTheKernelLoads) {
  base::ElfBuilder builder;
  const std::uint32_t debug = builder.add_section(".debug_info", SHT_PROGBITS, 0, 8);
  const std::uint32_t data = builder.add_section(".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, 8);
  const std::uint32_t symbol = builder.add_undefined("kfree");
  builder.add_relocation(debug, 0, symbol, 0, R_X86_64_DTPOFF64);
  builder.add_relocation(data, 0, symbol, 0, R_X86_64_64);
  EXPECT_EQ(check_one(builder.build()), Messages());
}

TEST(ObjectChecksTest, NamesTheLibraryAtFault) {
  const std::string bad = base::object_with_references("worse", {"__muldf3"});
  const auto messages =
      check(base::object_with_references("f", {"__muldf3"}),
            {linked("//good", "good.o", base::object_with_references("fine", {"kfree"})),
             linked("//bad", "bad.o", bad), linked("//bad", "bad2.o", bad),
             linked("//also:bad", "x.o", base::object_with_references("_Z1gv", {"__muldf3"}))});
  ASSERT_EQ(messages.size(), 2u) << "one for each library";
  EXPECT_NE(messages[0].find("used by //bad (bad.o, in worse())"), std::string::npos);
  EXPECT_NE(messages[1].find("used by //also:bad (x.o, in g())"), std::string::npos);
}

TEST(ObjectChecksTest, AcceptsSymbolsThatAnotherInputOrTheKernelDefines) {
  const auto input = linked("//a", "a.o", base::object_with_references("f", {"__divti3"}));
  EXPECT_EQ(check(base::ElfBuilder().build(), {input}), Messages());
  kernel::Symvers exports;
  ASSERT_TRUE(exports.add("0x1\t__divti3\tvmlinux\tEXPORT_SYMBOL\t\n", "Module.symvers"));
  EXPECT_EQ(check(base::object_with_references("f", {"__divti3"}), {input}, exports), Messages());
}

TEST(ObjectChecksTest, AcceptsNamesThatTheModulesCMayDefine) {
  EXPECT_EQ(check_one(base::object_with_references("f", {"trunc", "time", "__start_rules"})),
            Messages());
}

TEST(ObjectChecksTest, AcceptsOperatorDelete) {
  EXPECT_EQ(check_one(base::object_with_references("f", {"_ZdlPv", "_ZdlPvm", "kfree"})),
            Messages());
}

TEST(ObjectChecksTest, RequiresThatEntriesAreDefined) {
  const std::string bytes = base::object_with_references("hello_create", {"undefined_entry"});
  const auto object = base::ElfObject::parse(bytes);
  ASSERT_TRUE(object);
  const base::Demangler demangler(base::pinned_demangler());
  EXPECT_EQ(check_entries("//hello:hello_ko", *object, {"hello_create"}, demangler), Messages());
  const std::string advice =
      ", the module's entry point. Put KMOD_MODULE(YourClass); of \"kmod/module.h\", or in Rust "
      "kmod::module!(YourType);, into a source "
      "of one of the deps.";
  EXPECT_EQ(check_entries("//hello:hello_ko", *object, {"_Z1fv", "undefined_entry"}, demangler),
            (Messages{"//hello:hello_ko: none of the libraries defines f()" + advice,
                      "//hello:hello_ko: none of the libraries defines undefined_entry" + advice}));
}

}  // namespace
}  // namespace kmod::link
