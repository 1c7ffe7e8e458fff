// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/linker_diagnosis.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::link {
namespace {

using Messages = std::vector<std::string>;

LinkRequest request() {
  LinkRequest request;
  request.label = "//hello:hello_ko";
  request.libraries = {
      {"//hello:a", {{LinkRequest::InputKind::kWholeObject, "bin/hello/_objs/a/a.o"}}},
      {"//vendor:lib", {{LinkRequest::InputKind::kArchive, "vendor/libvendor.a"}}},
  };
  return request;
}

TEST(LinkerDiagnosisTest, NamesTheOwnersOfADuplicate) {
  EXPECT_EQ(
      diagnose_linker(request(),
                      "ld.lld-19: error: duplicate symbol: f(int)\n"
                      ">>> defined at a.cc:3 (hello/a.cc:3)\n"
                      ">>>            bin/hello/_objs/a/a.o:(f(int))\n"
                      ">>> defined at vendor.c\n"
                      ">>>            vendor.o:(.text+0x0) in archive vendor/libvendor.a\n"),
      (Messages{"//hello:hello_ko: f(int) is defined more than once, by //hello:a (a.o) and "
                "//vendor:lib (libvendor.a). Put it into an unnamed namespace or declare it static "
                "in all but one, rename it, or make it inline in one header."}));
}

TEST(LinkerDiagnosisTest, KnowsObjectsForOtherProcessors) {
  EXPECT_EQ(diagnose_linker(request(),
                            "ld.lld-19: error: vendor/libvendor.a(vendor.o) is incompatible with "
                            "elf_x86_64\n"),
            (Messages{"//hello:hello_ko: //vendor:lib (libvendor.a) is compiled for another "
                      "processor. Have it compiled for x86-64, with the flags of this kernel."}));
}

TEST(LinkerDiagnosisTest, KnowsFilesThatAreNoObjects) {
  EXPECT_EQ(
      diagnose_linker(request(),
                      "ld.lld-19: error: vendor/libvendor.a:1: unknown directive: version\n"
                      ">>> version https://git-lfs.github.com/spec/v1\n"),
      (Messages{"//hello:hello_ko: //vendor:lib (libvendor.a) is neither an object nor an "
                "archive. Put the object that was compiled elsewhere there, and not what points "
                "at it, such as a pointer of Git LFS."}));
}

TEST(LinkerDiagnosisTest, IsSilentAboutOthers) {
  EXPECT_EQ(
      diagnose_linker(request(), "ld.lld-19: error: cannot open x\n>>> bin/hello/_objs/a/a.o\n"),
      Messages());
}

}  // namespace
}  // namespace kmod::link
