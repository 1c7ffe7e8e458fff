// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace kmod::kbuild {
namespace {

using Arguments = std::vector<base::Argument>;

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
const Arguments kObjects = both(kAlways, {{"mode", "objects"}, {"output-object", "a.o=out/a.o"}});

std::string error_of(const Arguments& arguments) {
  const auto request = parse_kbuild_request(arguments);
  return request ? "parsed" : request.error();
}

TEST(KbuildRequestTest, TakesAModule) {
  const auto request = parse_kbuild_request(both(kModule, {{"source", "hello/a.c=a.c"},
                                                           {"object", "cxx.o"},
                                                           {"references", "o.txt"},
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
  EXPECT_EQ(request->sources[0].left, "hello/a.c");
  EXPECT_EQ(request->sources[0].right, "a.c");
  EXPECT_EQ(request->objects, std::vector<std::string>{"cxx.o"});
  EXPECT_EQ(request->extra_symvers, std::vector<std::string>{"x"});
  EXPECT_EQ(request->gpl_compatible, false);
  ASSERT_EQ(request->make_variables.size(), 2u);
  EXPECT_EQ(request->make_variables[0].right, "y");
  EXPECT_EQ(request->make_variables[1].right, "");
  EXPECT_EQ(request->ccflags, std::vector<std::string>{"-DA=1"});
}

TEST(KbuildRequestTest, TakesObjects) {
  const auto request = parse_kbuild_request(kObjects);
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->mode, KbuildRequest::Mode::kObjects);
  EXPECT_EQ(request->module, "kmod_objects");
  EXPECT_EQ(request->gpl_compatible, std::nullopt);
  ASSERT_EQ(request->output_objects.size(), 1u);
  EXPECT_EQ(request->output_objects[0].left, "a.o");
  EXPECT_EQ(request->output_objects[0].right, "out/a.o");
}

TEST(KbuildRequestTest, NamesWhatIsWrong) {
  EXPECT_EQ(error_of({}), "--label is missing");
  EXPECT_EQ(error_of(kAlways), "--module is missing");
  EXPECT_EQ(error_of(both(kAlways, {{"module", "hello"}})), "--output-ko is missing");
  EXPECT_EQ(error_of(both(kModule, {{"cc", "gcc"}})), "--cc=gcc is a second --cc");
  EXPECT_EQ(error_of(both(kModule, {{"mode", "image"}})),
            "--mode=image is neither \"module\" nor \"objects\"");
  EXPECT_EQ(error_of(both(kModule, {{"gpl-compatible", "yes"}})),
            "--gpl-compatible=yes is neither 0 nor 1");
  EXPECT_EQ(error_of(both(kModule, {{"make-var", "y"}})),
            "--make-var=y is not of the form --make-var=NAME=VALUE");
  EXPECT_EQ(error_of(both(kModule, {{"source", "a.c"}})),
            "--source=a.c is not of the form --source=<file>=<name in the module's directory>");
  EXPECT_EQ(error_of(both(kModule, {{"output-object", "a.o=b.o"}})),
            "--output-object has no meaning with --mode=module, which keeps no object");
  EXPECT_EQ(error_of(both(kAlways, {{"mode", "objects"}})),
            "--output-object is missing: --mode=objects would build nothing");
  EXPECT_EQ(error_of(both(kObjects, {{"module", "hello"}})),
            "--module has no meaning with --mode=objects, which makes no module");
  EXPECT_EQ(error_of(both(kObjects, {{"output-ko", "a.ko"}})),
            "--output-ko has no meaning with --mode=objects, which makes no module");
  EXPECT_EQ(error_of(both(kObjects, {{"object", "a.o"}})),
            "--object has no meaning with --mode=objects, which only compiles");
  EXPECT_EQ(
      error_of({{"sources", "a.c"}}),
      "--sources is unknown. run_kbuild takes --label, --module, --mode, --kernel-root, "
      "--kernel-build, --tools-root, --cc, --source, --object, --references, --extra-symvers, "
      "--gpl-compatible, --parameter, --make-var, --ccflag, --output-ko, --output-stripped, "
      "--output-symvers and --output-object");
}

}  // namespace
}  // namespace kmod::kbuild
