// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kmod::kbuild {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

Arguments both(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const Arguments kAlways = {{"label", "//hello:hello_ko"},
                           {"kernel-root", "k"},
                           {"kernel-build", "usr/src/build"},
                           {"tools-root", "t"},
                           {"cc", "gcc-12"}};
const Arguments kModule = both(kAlways, {{"module", "hello"},
                                         {"output-ko", "a.ko"},
                                         {"output-stripped", "b.ko"},
                                         {"output-symvers", "s"}});
const Arguments kProject = both(kAlways, {{"mode", "project"}, {"built", "card=out"}});
const Arguments kObjects = both(kAlways, {{"mode", "objects"}, {"output-object", "a.o=out/a.o"}});

base::Result<KbuildRequest> parse(const Arguments& arguments) {
  std::vector<std::string> line;
  for (const auto& [name, value] : arguments) line.push_back("--" + name + "=" + value);
  KbuildRequest request;
  KMOD_TRY(kbuild_flags(request).parse(line));
  KMOD_TRY(check_kbuild_request(request));
  return request;
}

std::string error_of(const Arguments& arguments) {
  const auto request = parse(arguments);
  return request ? "parsed" : request.error();
}

TEST(KbuildRequestTest, TakesAModule) {
  const auto request = parse(both(kModule, {{"source", "hello/a.c=a.c"},
                                            {"object", "cxx.o"},
                                            {"references", "o.txt"},
                                            {"kernel-symvers", "k/Module.symvers"},
                                            {"extra-symvers", "x"},
                                            {"gpl-compatible", "0"},
                                            {"make-var", "delay-objtool=y"},
                                            {"make-var", "EMPTY="},
                                            {"ccflag", "-DA=1"}}));
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->mode, KbuildRequest::Mode::kModule);
  EXPECT_EQ(request->kernel_build, "usr/src/build");
  EXPECT_EQ(request->output_stripped, "b.ko");
  ASSERT_EQ(request->sources.size(), 1u);
  EXPECT_EQ(request->sources[0].file, "hello/a.c");
  EXPECT_EQ(request->sources[0].name, "a.c");
  EXPECT_EQ(request->objects, std::vector<std::string>{"cxx.o"});
  EXPECT_EQ(request->kernel_symvers, "k/Module.symvers");
  EXPECT_EQ(request->extra_symvers, std::vector<std::string>{"x"});
  EXPECT_EQ(request->gpl_compatible, false);
  ASSERT_EQ(request->make_variables.size(), 2u);
  EXPECT_EQ(request->make_variables[0].value, "y");
  EXPECT_EQ(request->make_variables[1].value, "");
  EXPECT_EQ(request->ccflags, std::vector<std::string>{"-DA=1"});
}

TEST(KbuildRequestTest, TakesObjects) {
  const auto request = parse(kObjects);
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->mode, KbuildRequest::Mode::kObjects);
  EXPECT_EQ(request->module, "hello_ko");
  EXPECT_EQ(request->gpl_compatible, std::nullopt);
  ASSERT_EQ(request->output_objects.size(), 1u);
  EXPECT_EQ(request->output_objects[0].object, "a.o");
  EXPECT_EQ(request->output_objects[0].file, "out/a.o");
}

TEST(KbuildRequestTest, TakesAProject) {
  const auto request = parse(both(kProject, {{"source", "driver/Kbuild=driver/Kbuild"},
                                             {"directory", "driver"},
                                             {"built", "card-pci=out"},
                                             {"uses", "card-pci=card"}}));
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->mode, KbuildRequest::Mode::kProject);
  EXPECT_EQ(request->directory, "driver");
  ASSERT_EQ(request->built_modules.size(), 2u);
  EXPECT_EQ(request->built_modules[1].name, "card-pci");
  EXPECT_EQ(request->built_modules[1].directory, "out");
  ASSERT_EQ(request->module_uses.size(), 1u);
  EXPECT_EQ(request->module_uses[0].used, "card");
}

TEST(KbuildRequestTest, NamesObjectsAfterTheirLibrary) {
  const std::pair<std::string, std::string> cases[] = {
      {"//clock:shim-2.0", "shim_2_0"}, {"@other//:c/shim", "shim"}, {"shim", "shim"}};
  for (const auto& [label, name] : cases) {
    const auto request = parse({{"label", label},
                                {"kernel-root", "k"},
                                {"kernel-build", "usr/src/build"},
                                {"tools-root", "t"},
                                {"cc", "gcc-12"},
                                {"mode", "objects"},
                                {"output-object", "a.o=out/a.o"}});
    ASSERT_TRUE(request) << request.error();
    EXPECT_EQ(request->module, name);
  }
}

TEST(KbuildRequestTest, NamesObjectsOfOneModuleByTheModule) {
  const auto request = parse(both(kObjects, {{"module", "dm-hello"}}));
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->module, "dm-hello");
}

TEST(KbuildRequestTest, ReportsErrors) {
  EXPECT_EQ(error_of({}), "--label=LABEL is missing: the target, for messages");
  EXPECT_EQ(error_of(kAlways), "--module is missing");
  EXPECT_EQ(error_of(both(kAlways, {{"module", "hello"}})), "--output-ko is missing");
  EXPECT_EQ(error_of(both(kModule, {{"cc", "gcc"}})), "--cc=gcc is a second --cc");
  EXPECT_EQ(error_of(both(kModule, {{"mode", "image"}})),
            "--mode=image has to be one of module, objects, project, probes");
  EXPECT_EQ(error_of(both(kModule, {{"gpl-compatible", "yes"}})),
            "--gpl-compatible=yes has to be one of 0, 1");
  EXPECT_EQ(error_of(both(kModule, {{"make-var", "y"}})),
            "--make-var=y is not of the form --make-var=NAME=VALUE");
  EXPECT_EQ(error_of(both(kModule, {{"source", "a.c"}})),
            "--source=a.c has to be two texts with \"=\" between them");
  EXPECT_EQ(error_of(both(kModule, {{"output-object", "a.o=b.o"}})),
            "--output-object has no meaning with --mode=module, which does not keep objects");
  EXPECT_EQ(error_of(both(kAlways, {{"mode", "objects"}})),
            "--output-object is missing: --mode=objects would build nothing");
  EXPECT_EQ(error_of(both(kObjects, {{"output-ko", "a.ko"}})),
            "--output-ko has no meaning with --mode=objects, which does not make a module");
  EXPECT_EQ(error_of(both(kObjects, {{"object", "a.o"}})),
            "--object has no meaning with --mode=objects, which only compiles");
  EXPECT_EQ(error_of(both(kAlways, {{"mode", "probes"}})),
            "--probe is missing: --mode=probes would ask nothing");
  EXPECT_EQ(error_of(both(kAlways, {{"mode", "probes"}, {"probe", "a.o=HAVE_A"}})),
            "--output-header is missing");
  EXPECT_EQ(error_of(both(kAlways, {{"mode", "project"}})),
            "--built is missing: --mode=project would keep nothing");
  EXPECT_EQ(error_of(both(kProject, {{"output-ko", "a.ko"}})),
            "--output-ko has no meaning with --mode=project, which does not make a module");
  EXPECT_EQ(error_of(both(kProject, {{"output-object", "a.o=b.o"}})),
            "--output-object has no meaning with --mode=project, which does not keep objects");
  EXPECT_EQ(error_of(both(kProject, {{"object", "a.o"}})),
            "--object has no meaning with --mode=project, which only compiles");
  EXPECT_EQ(error_of({{"sources", "a.c"}}),
            "--sources is unknown. Did you mean --source? --help lists the flags.");
}

}  // namespace
}  // namespace kmod::kbuild
