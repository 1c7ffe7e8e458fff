// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// hello's bill of materials: what SPDX 2.3 requires is there, and so is every package of the lock's
// sets.
//
//   hello_sbom_test DOCUMENT LOCK SOURCE [FILE | SET]…
//
// SOURCE is a source file of hello. FILE, which contains a dot, is another file of which the module
// is made, and SET is a set of the lock.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/json.h"

namespace kmod::sbom {
namespace {

using base::Json;

struct Inputs {
  base::Json document;
  base::Json lock;
  std::string source_name;
  std::string source;
  std::vector<std::string> files;
  std::vector<std::string> sets;
};
Inputs inputs;

void expect_texts(const base::Json& element, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    ASSERT_TRUE(element.contains(key)) << key << " is missing in " << element;
    EXPECT_TRUE(element[key].is_string() && !element[key].get<std::string>().empty())
        << key << " of " << element;
  }
}

TEST(HelloSbomTest, HasTheFieldsThatSpdxRequires) {
  const base::Json& document = inputs.document;
  expect_texts(document, {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace"});
  EXPECT_EQ(document["dataLicense"], "CC0-1.0");
  expect_texts(document["creationInfo"], {"created"});
  EXPECT_FALSE(document["creationInfo"]["creators"].empty());
  std::set<std::string> identifiers = {document["SPDXID"]};
  for (const base::Json& package : document["packages"]) {
    expect_texts(package, {"SPDXID", "name", "downloadLocation"});
    // It may be missing only if the document does not have the files of the package.
    EXPECT_EQ(package["filesAnalyzed"], package.contains("packageVerificationCode")) << package;
    EXPECT_TRUE(identifiers.insert(package["SPDXID"]).second) << package;
    // The text of the specification spells it with a dash, the schema of JSON with an underscore.
    EXPECT_NE(package.value("primaryPackagePurpose", ""), "OPERATING-SYSTEM");
  }
  for (const base::Json& file : document["files"]) {
    expect_texts(file, {"SPDXID", "fileName"});
    EXPECT_EQ(file["fileName"].get<std::string>().find("./"), 0U);
    EXPECT_EQ(file["fileName"].get<std::string>().find("bazel-out"), std::string::npos);
    EXPECT_EQ(file["checksums"][0]["algorithm"], "SHA1") << file;
    EXPECT_TRUE(identifiers.insert(file["SPDXID"]).second) << file;
  }
  for (const base::Json& license : document["hasExtractedLicensingInfos"]) {
    expect_texts(license, {"licenseId", "extractedText"});
  }
  for (const base::Json& relationship : document["relationships"]) {
    expect_texts(relationship, {"relationshipType"});
    EXPECT_TRUE(identifiers.contains(relationship["spdxElementId"])) << relationship;
    EXPECT_TRUE(identifiers.contains(relationship["relatedSpdxElement"])) << relationship;
  }
}

TEST(HelloSbomTest, HasEveryPackageOfTheSetsAsLocked) {
  std::map<std::string, std::string> locked;
  for (const base::Json& package : inputs.lock["packages"]) {
    locked[package["name"]] = package["sha256"];
  }
  std::set<std::pair<std::string, std::string>> listed;
  for (const base::Json& package : inputs.document["packages"]) {
    if (!package.contains("checksums")) continue;
    listed.emplace(package["name"], package["checksums"][0]["checksumValue"]);
  }
  std::set<std::pair<std::string, std::string>> expected;
  for (const std::string& set : inputs.sets) {
    for (const std::string name : inputs.lock["sets"][set]) expected.emplace(name, locked[name]);
  }
  EXPECT_EQ(listed, expected);
  EXPECT_GT(expected.size(), 50U);
}

TEST(HelloSbomTest, HasTheSourcesOfTheModuleAndTheRuntime) {
  std::map<std::string, std::string> sums;
  for (const base::Json& file : inputs.document["files"]) {
    sums[file["fileName"]] = file["checksums"][1]["checksumValue"];
  }
  EXPECT_EQ(sums["./" + inputs.source_name], base::sha256_hex(inputs.source));
  for (const std::string& name : inputs.files) {
    EXPECT_TRUE(sums.contains("./" + name)) << name;
  }
}

bool read(const char* path, std::string& text) {
  auto bytes = base::read_file(path);
  if (!bytes) {
    std::fprintf(stderr, "%s\n", bytes.error().c_str());
    return false;
  }
  text = std::move(*bytes);
  return true;
}

bool read(const char* path, base::Json& json) {
  std::string text;
  if (!read(path, text)) return false;
  auto parsed = base::parse_json(text, path);
  if (!parsed) {
    std::fprintf(stderr, "%s\n", parsed.error().c_str());
    return false;
  }
  json = std::move(*parsed);
  return true;
}

}  // namespace
}  // namespace kmod::sbom

int main(int argc, char** argv) {
  using kmod::sbom::inputs;
  using kmod::sbom::read;
  testing::InitGoogleTest(&argc, argv);
  if (argc < 4 || !read(argv[1], inputs.document) || !read(argv[2], inputs.lock) ||
      !read(argv[3], inputs.source)) {
    return 2;
  }
  inputs.source_name = argv[3];
  for (const std::string word : std::span(argv, argc).subspan(4)) {
    (word.contains('.') ? inputs.files : inputs.sets).push_back(word);
  }
  return RUN_ALL_TESTS();
}
