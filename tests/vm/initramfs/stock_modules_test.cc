// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// With files that xz and zstd have compressed, as distributions do.
#include "kmod_rules/private/vm/initramfs/stock_modules.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace kmod::vm {
namespace {

constexpr const char* kPlain = "bytes of a module";

class StockModulesTest : public testing::Test {
 protected:
  StockModulesTest() {
    request_.kernel = "@k//:kernel";
    request_.release = "6.1";
    request_.directory = testing::TempDir() + "/stock/lib/modules/6.1";
    request_.index = testing::TempDir() + "/stock/index";
    request_.xz = program("xz");
    request_.zstd = program("zstd");
    EXPECT_TRUE(base::make_directories(request_.directory + "/kernel"));
    EXPECT_TRUE(base::make_directories(request_.index));
    for (const char* name :
         {"modules.softdep", "modules.alias", "modules.builtin", "modules.builtin.modinfo"}) {
      write_index(name, "");
    }
    write_index("modules.dep",
                "kernel/top.ko.zst: kernel/middle.ko.xz kernel/base.ko\n"
                "kernel/middle.ko.xz: kernel/base.ko\n"
                "kernel/base.ko:\n"
                "kernel/other.ko.gz:\n"
                "kernel/damaged.ko.xz:\n");
    write_module("base.ko");
    write_module("middle.ko");
    write_module("top.ko");
    write_module("damaged.ko.xz");
    compress({request_.xz, "--keep", "--force"}, "middle.ko");
    compress({request_.zstd, "-q", "--force"}, "top.ko");
  }

  static std::string program(const std::string& name) {
    const char* tree = std::getenv("MODULE_TOOLS");
    return std::string(tree == nullptr ? "" : tree) + "/usr/bin/" + name;
  }

  void write_index(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(base::write_file(request_.index + "/" + name, text));
  }

  void write_module(const std::string& name) const {
    ASSERT_TRUE(base::write_file(request_.directory + "/kernel/" + name, kPlain));
  }

  void compress(std::vector<std::string> command, const std::string& name) const {
    command.push_back(request_.directory + "/kernel/" + name);
    const auto result = base::run_process(command, {});
    ASSERT_TRUE(result) << result.error();
    ASSERT_TRUE(result->succeeded()) << result->output;
    std::filesystem::remove(command.back());
  }

  std::string error_of(const std::string& wanted) {
    request_.wanted = {wanted};
    const auto chosen = choose_stock_modules(request_);
    return chosen ? "" : chosen.error();
  }

  StockModulesRequest request_;
};

TEST_F(StockModulesTest, UnpacksWhatTheGuestLoads) {
  request_.wanted = {"top"};
  const auto chosen = choose_stock_modules(request_);
  ASSERT_TRUE(chosen) << chosen.error();
  EXPECT_EQ(plan_lines(*chosen),
            "stock base /lib/modules/6.1/kernel/base.ko\n"
            "stock middle /lib/modules/6.1/kernel/middle.ko\n"
            "stock top /lib/modules/6.1/kernel/top.ko\n");
  for (const StockModule& module : chosen->loaded) EXPECT_EQ(module.contents, kPlain);
  EXPECT_TRUE(chosen->available.empty());
}

TEST_F(StockModulesTest, HasWhatIsOnlyToBeThere) {
  request_.wanted = {"base"};
  request_.optional = {"middle", "absent"};
  const auto chosen = choose_stock_modules(request_);
  ASSERT_TRUE(chosen) << chosen.error();
  EXPECT_EQ(plan_lines(*chosen), "stock base /lib/modules/6.1/kernel/base.ko\n");
  ASSERT_EQ(chosen->available.size(), 1U);
  EXPECT_EQ(chosen->available.front().name, "middle");
}

TEST_F(StockModulesTest, NamesTheModuleThatIsNotLoaded) {
  const char* const file = std::getenv("USER_MODULE");
  ASSERT_NE(file, nullptr);
  request_.kernel = "@k//:kernel";
  request_.release = "6.1";
  request_.modules = {{.path = "/kmod/modules/card.ko", .file = file, .label = "//card:card_ko"}};
  const auto chosen = choose_stock_modules(request_);
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error(),
            "//card:card_ko needs the module vendor_bus, which is neither a module of the kernel "
            "@k//:kernel (6.1) nor loaded before it. Add the target of vendor_bus to its "
            "module_deps, or to the modules of this target.");
}

TEST_F(StockModulesTest, SaysWhatCannotBeUnpacked) {
  EXPECT_EQ(error_of("other"),
            request_.directory +
                "/kernel/other.ko.gz is not compressed by xz or zstd, the formats that can be "
                "unpacked");
  EXPECT_EQ(error_of("damaged"), request_.directory + "/kernel/damaged.ko.xz cannot be unpacked: " +
                                     request_.xz + " exited with 1");
  request_.xz.clear();
  EXPECT_EQ(error_of("middle"), request_.directory +
                                    "/kernel/middle.ko.xz is compressed, and no program unpacks "
                                    "it");
}

}  // namespace
}  // namespace kmod::vm
