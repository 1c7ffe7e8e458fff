// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/spdx_document.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/module/sbom/debian_package.h"

namespace kmod::sbom {
namespace {

using base::Json;

constexpr const char* kPackages =
    R"json([{"name": "libx++", "version": "1:2+b1~3", "architecture": "amd64",
             "path": "pool/x.deb", "sha256": "0123456789abcdef", "size": 1, "source": "x (2)",
             "homepage": "https://x.example"}])json";

class SpdxDocumentTest : public testing::Test {
 protected:
  SpdxDocumentTest() : folder_(testing::TempDir() + "/sbom") {
    std::filesystem::remove_all(folder_);
    write("tree/usr/share/doc/libx++/copyright",
          "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
          "Files: *\nLicense: own\n");
    write("tree/packages.json", kPackages);
    write("tools/packages.json", kPackages);
    write("hello.ko", "module");
    write("hello.cc", "code");
    request_ = {.output = "",
                .name = "hello",
                .version = "1.2",
                .license = "GPL",
                .kernel = "6.1.0-50-amd64",
                .built = {{folder_ + "/hello.ko", "hello.ko"}},
                .libraries = {{"//hello:hello", {{folder_ + "/hello.cc", "hello/hello.cc"}}}},
                .trees = {{false, folder_ + "/tree"}, {true, folder_ + "/tools"}}};
  }

  void write(const std::string& name, const std::string& text) const {
    const std::string path = folder_ + "/" + name;
    ASSERT_TRUE(base::make_directories(std::filesystem::path(path).parent_path()));
    ASSERT_TRUE(base::write_file(path, text));
  }

  [[nodiscard]] base::Json document() const {
    const auto text = write_spdx(request_);
    EXPECT_TRUE(text) << text.error();
    const auto json = base::parse_json(text.value_or("{}"), "document");
    EXPECT_TRUE(json);
    return *json;
  }

  std::string folder_;
  BomRequest request_;
};

const base::Json* find(const base::Json& list, const std::string& key, const std::string& value) {
  for (const base::Json& element : list) {
    if (element.contains(key) && element[key] == value) return &element;
  }
  return nullptr;
}

bool related(const base::Json& document, const std::string& from, const std::string& type,
             const std::string& to) {
  const base::Json wanted = {
      {"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
  std::size_t count = 0;
  for (const base::Json& relationship : document["relationships"]) {
    if (relationship == wanted) ++count;
  }
  EXPECT_LE(count, 1U) << from << " " << type << " " << to;
  return count == 1;
}

TEST_F(SpdxDocumentTest, ListsTheFilesAndLibrariesOfTheModule) {
  const base::Json json = document();
  EXPECT_EQ(json["spdxVersion"], "SPDX-2.3");
  const base::Json* source = find(json["files"], "fileName", "./hello/hello.cc");
  ASSERT_NE(source, nullptr);
  EXPECT_EQ((*source)["checksums"][0]["algorithm"], "SHA1");
  // The output of sha1sum and sha256sum for "code".
  EXPECT_EQ((*source)["checksums"][0]["checksumValue"], base::sha1_hex("code"));
  EXPECT_EQ((*source)["checksums"][1]["checksumValue"], base::sha256_hex("code"));
  const base::Json* module = find(json["packages"], "name", "hello");
  ASSERT_NE(module, nullptr);
  EXPECT_EQ((*module)["versionInfo"], "1.2");
  // The SHA-1 of the SHA-1 of the only file.
  EXPECT_EQ((*module)["packageVerificationCode"]["packageVerificationCodeValue"],
            base::sha1_hex(base::sha1_hex("module")));
  EXPECT_EQ((*module)["licenseDeclared"], "LicenseRef-MODULE-LICENSE");
  const base::Json* built = find(json["files"], "fileName", "./hello.ko");
  ASSERT_NE(built, nullptr);
  const base::Json* library = find(json["packages"], "name", "//hello:hello");
  ASSERT_NE(library, nullptr);
  EXPECT_TRUE(related(json, "SPDXRef-Module", "CONTAINS", (*built)["SPDXID"]));
  EXPECT_TRUE(related(json, (*built)["SPDXID"], "GENERATED_FROM", (*source)["SPDXID"]));
  EXPECT_TRUE(related(json, (*library)["SPDXID"], "CONTAINS", (*source)["SPDXID"]));
  EXPECT_TRUE(related(json, "SPDXRef-Module", "STATIC_LINK", (*library)["SPDXID"]));
  EXPECT_TRUE(related(json, "SPDXRef-Module", "DEPENDS_ON", "SPDXRef-Kernel"));
}

TEST_F(SpdxDocumentTest, APackageInTwoTreesIsOneElement) {
  const base::Json json = document();
  const base::Json* package = find(json["packages"], "name", "libx++");
  ASSERT_NE(package, nullptr);
  EXPECT_EQ((*package)["SPDXID"], "SPDXRef-Package-libx---0123456789ab");
  EXPECT_EQ((*package)["versionInfo"], "1:2+b1~3");
  EXPECT_EQ((*package)["checksums"][0]["checksumValue"], "0123456789abcdef");
  EXPECT_EQ((*package)["externalRefs"][0]["referenceLocator"],
            "pkg:deb/debian/libx%2B%2B@1:2%2Bb1~3?arch=amd64");
  EXPECT_EQ((*package)["licenseDeclared"], "LicenseRef-libx---own");
  EXPECT_NE(find(json["hasExtractedLicensingInfos"], "licenseId", "LicenseRef-libx---own"),
            nullptr);
  EXPECT_TRUE(related(json, (*package)["SPDXID"], "BUILD_DEPENDENCY_OF", "SPDXRef-Module"));
  EXPECT_TRUE(related(json, (*package)["SPDXID"], "BUILD_TOOL_OF", "SPDXRef-Module"));
  EXPECT_EQ(json["packages"].size(), 4U);
}

TEST_F(SpdxDocumentTest, ChangesOnlyWithTheContents) {
  const auto before = write_spdx(request_);
  EXPECT_EQ(before, write_spdx(request_));
  const base::Json old = document();
  write("hello.cc", "other");
  const base::Json edited = document();
  EXPECT_NE(old["documentNamespace"], edited["documentNamespace"]);
  EXPECT_EQ(
      (*find(edited["files"], "fileName", "./hello/hello.cc"))["checksums"][1]["checksumValue"],
      base::sha256_hex("other"));
  EXPECT_EQ(*find(edited["files"], "fileName", "./hello.ko"),
            *find(old["files"], "fileName", "./hello.ko"));
}

TEST_F(SpdxDocumentTest, NamesTheFileThatItCannotRead) {
  request_.trees.push_back({true, folder_ + "/none"});
  auto text = write_spdx(request_);
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().find("the tree " + folder_ + "/none does not list its packages."),
            std::string::npos);
  request_.trees.pop_back();
  write("tree/packages.json", R"([{"name": "x"}])");
  text = write_spdx(request_);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().find(folder_ + "/tree/packages.json is not a list of packages: "), 0U);
  write("tree/packages.json", "[]");
  request_.libraries[0].sources[0].path = folder_ + "/gone.cc";
  text = write_spdx(request_);
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().find(folder_ + "/gone.cc"), std::string::npos);
}

}  // namespace
}  // namespace kmod::sbom
