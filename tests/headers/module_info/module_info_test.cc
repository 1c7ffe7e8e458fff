// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The .modinfo of a module in C++ and that of its twin in C, whose paths are the arguments.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod {
namespace {

std::vector<std::string> g_modules;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

// The entries of .modinfo, sorted: modpost follows the order of the symbols.
std::vector<std::string> module_info(const std::string& module) {
  const auto bytes = base::read_file(module);
  if (!bytes) throw std::runtime_error(bytes.error());
  const auto object = base::ElfObject::parse(*bytes);
  if (!object) throw std::runtime_error(object.error());
  std::vector<std::string> entries;
  for (const base::ElfObject::Section& section : object->sections()) {
    if (section.name != ".modinfo") continue;
    for (std::string_view entry : base::split(section.contents, '\0')) entries.emplace_back(entry);
  }
  std::erase(entries, "");
  std::ranges::sort(entries);
  return entries;
}

TEST(ModuleInfoTest, IsThatOfC) { EXPECT_EQ(module_info(g_modules[0]), module_info(g_modules[1])); }

TEST(ModuleInfoTest, NamesEachDevice) {
  const std::vector<std::string> entries = module_info(g_modules[0]);
  for (const char* entry : {
           "alias=pci:v00001234d000011E8sv*sd*bc*sc*i*",
           "alias=pci:v*d*sv*sd*bc01sc06i00*",
           "alias=pci:v00001B36d00000001sv00001AF4sd00001100bc*sc*i*",
           "alias=pci:v00008086d0000100Esv*sd*bc*sc*i*",
           "alias=usb:v1D6Bp0104d*dc*dsc*dp*ic*isc*ip*in*",
           "alias=usb:v*p*d*dc*dsc*dp*ic03isc01ip02in*",
           "alias=usb:v1D6Bp0106d*dc*dsc*dp*ic*isc*ip*in03*",
           "alias=hid:b0003g*v00001D6Bp00000107",
           "alias=of:N*T*Cacme,widget",
           "alias=of:N*Tserial*Cacme,serial",
           "alias=acpi*:ACME0001:*",
           "alias=acpi*:0c0330:*",
           "alias=platform:widget",
           "alias=platform:gadget",
           "alias=i2c:widget-i2c",
           "alias=spi:widget-spi",
           "alias=virtio:d0000002Av*",
           "alias=dmi*:svn*Acme*:",
           "alias=widget-alias",
           "alias=char-major-10-229",
           "alias=fs-widgetfs",
           "alias=rtnl-link-widget",
           "alias=crypto-widget-hash",
           "softdep=pre: crc-itu-t post: crc32c",
           "firmware=acme/widget.bin",
           "acme=a tag of its own",
       }) {
    EXPECT_TRUE(std::ranges::binary_search(entries, entry)) << entry << " is missing:\n"
                                                            << testing::PrintToString(entries);
  }
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  kmod::g_modules.assign(argv + 1, argv + argc);
  return RUN_ALL_TESTS();
}
