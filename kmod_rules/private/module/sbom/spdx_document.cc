// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/spdx_document.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/module/sbom/debian_package.h"
#include "kmod_rules/private/module/sbom/license.h"

namespace kmod::sbom {
namespace {

constexpr const char* kDocument = "SPDXRef-DOCUMENT";
constexpr const char* kModule = "SPDXRef-Module";
constexpr const char* kKernel = "SPDXRef-Kernel";
constexpr const char* kModuleLicense = "LicenseRef-MODULE-LICENSE";

// SPDX requires a date. With that of the build, two documents about one module would differ.
constexpr const char* kCreated = "1970-01-01T00:00:00Z";

class Document {
 public:
  explicit Document(const BomRequest& request) : request_(request) {}

  base::Result<std::string> write() {
    std::vector<std::string> built;
    KMOD_TRY(add_files(request_.built, kModule, built));
    packages_.push_back(module_element(verification_code_));
    packages_.push_back({{"SPDXID", kKernel},
                         {"name", "linux"},
                         {"versionInfo", request_.kernel},
                         {"downloadLocation", "NOASSERTION"},
                         {"filesAnalyzed", false},
                         {"primaryPackagePurpose", "OPERATING_SYSTEM"},
                         {"comment", "The kernel that loads the module."}});
    relate(kModule, "DEPENDS_ON", kKernel);
    for (std::size_t i = 0; i < request_.libraries.size(); ++i) {
      KMOD_TRY(add_library(request_.libraries[i], i, built));
    }
    for (const BomTree& tree : request_.trees) KMOD_TRY(add_tree(tree));
    return text();
  }

 private:
  void relate(const std::string& from, const std::string& type, const std::string& to) {
    base::Json relationship = {
        {"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
    // A package may be in several trees of one kind.
    if (std::ranges::find(relationships_, relationship) == relationships_.end()) {
      relationships_.push_back(std::move(relationship));
    }
  }

  // Adds files that `owner` contains, and their identifiers to `identifiers`.
  base::Status add_files(const std::vector<BomFile>& files, const std::string& owner,
                         std::vector<std::string>& identifiers) {
    std::vector<std::string> sums;
    for (const BomFile& file : files) {
      const std::string bytes = KMOD_TRY(base::read_file(file.path));
      const auto [place, first] =
          file_identifiers_.emplace(file.name, fmt::format("SPDXRef-File-{}", files_.size() + 1));
      const std::string& identifier = place->second;
      sums.push_back(base::sha1_hex(bytes));
      relate(owner, "CONTAINS", identifier);
      if (std::ranges::find(identifiers, identifier) == identifiers.end()) {
        identifiers.push_back(identifier);
      }
      if (!first) continue;
      files_.push_back({
          {"SPDXID", identifier},
          {"fileName", "./" + file.name},
          {"checksums",
           {{{"algorithm", "SHA1"}, {"checksumValue", sums.back()}},
            {{"algorithm", "SHA256"}, {"checksumValue", base::sha256_hex(bytes)}}}},
          {"licenseConcluded", "NOASSERTION"},
          {"licenseInfoInFiles", file.name.ends_with(".ko")
                                     ? std::vector<std::string>{"NOASSERTION"}
                                     : licenses_in_source(bytes)},
          {"copyrightText", "NOASSERTION"},
      });
    }
    // SPDX 2.3, section 7.9: the SHA-1 of the sorted SHA-1 of all files.
    std::ranges::sort(sums);
    std::string all;
    for (const std::string& sum : sums) all += sum;
    verification_code_ = base::sha1_hex(all);
    return {};
  }

  [[nodiscard]] base::Json module_element(const std::string& code) const {
    base::Json element = {{"SPDXID", kModule}, {"name", request_.name}};
    if (!request_.version.empty()) element["versionInfo"] = request_.version;
    element.update({
        {"downloadLocation", "NOASSERTION"},
        {"filesAnalyzed", true},
        {"packageVerificationCode", {{"packageVerificationCodeValue", code}}},
        {"primaryPackagePurpose", "OTHER"},
        {"licenseConcluded", "NOASSERTION"},
        {"licenseDeclared", request_.license.empty() ? "NOASSERTION" : kModuleLicense},
        {"licenseInfoFromFiles", {"NOASSERTION"}},
        {"copyrightText", "NOASSERTION"},
    });
    return element;
  }

  base::Status add_library(const BomLibrary& library, std::size_t number,
                           const std::vector<std::string>& built) {
    const std::string identifier = fmt::format("SPDXRef-Library-{}", number);
    std::vector<std::string> sources;
    const std::size_t first = files_.size();
    KMOD_TRY(add_files(library.sources, identifier, sources));
    std::set<std::string> licenses;
    for (std::size_t i = first; i < files_.size(); ++i) {
      for (const base::Json& name : files_[i]["licenseInfoInFiles"]) licenses.insert(name);
    }
    if (licenses.empty()) licenses.insert("NOASSERTION");
    packages_.push_back({
        {"SPDXID", identifier},
        {"name", library.label},
        {"downloadLocation", "NOASSERTION"},
        {"filesAnalyzed", true},
        {"packageVerificationCode", {{"packageVerificationCodeValue", verification_code_}}},
        {"primaryPackagePurpose", "SOURCE"},
        {"licenseConcluded", "NOASSERTION"},
        {"licenseDeclared", "NOASSERTION"},
        {"licenseInfoFromFiles", licenses},
        {"copyrightText", "NOASSERTION"},
    });
    relate(kModule, "STATIC_LINK", identifier);
    for (const std::string& product : built) {
      for (const std::string& source : sources) relate(product, "GENERATED_FROM", source);
    }
    return {};
  }

  base::Status add_tree(const BomTree& tree) {
    const auto packages = KMOD_TRY(read_package_list(tree.path));
    for (const DebianPackage& package : packages) {
      const std::string identifier = debian_identifier(package);
      relate(identifier, tree.tool ? "BUILD_TOOL_OF" : "BUILD_DEPENDENCY_OF", kModule);
      if (known_packages_.insert(identifier).second) {
        packages_.push_back(debian_element(package, tree.path, references_));
      }
    }
    return {};
  }

  [[nodiscard]] base::Json references() const {
    base::Json list = base::Json::array();
    if (!request_.license.empty()) {
      list.push_back({{"licenseId", kModuleLicense},
                      {"extractedText", fmt::format("MODULE_LICENSE(\"{}\")", request_.license)},
                      {"name", request_.license},
                      {"comment",
                       "What the kernel's Documentation/process/license-rules.rst says that this "
                       "text means."}});
    }
    for (const auto& [identifier, place] : references_) {
      list.push_back({{"licenseId", identifier}, {"extractedText", place}});
    }
    return list;
  }

  [[nodiscard]] std::string text() const {
    base::Json document = {
        {"spdxVersion", "SPDX-2.3"},
        {"dataLicense", "CC0-1.0"},
        {"SPDXID", kDocument},
        {"name", request_.name + ".ko"},
        {"documentNamespace", ""},
        {"creationInfo",
         {{"created", kCreated},
          {"creators", {"Tool: rules_kmod"}},
          {"comment",
           "The date is constant, so that the same module always has the same document."}}},
        {"documentDescribes", {kModule}},
        {"packages", packages_},
        {"files", files_},
        {"hasExtractedLicensingInfos", references()},
        {"relationships", relationships_},
    };
    document["documentNamespace"] =
        fmt::format("https://spdx.org/spdxdocs/{}.ko-{}", spdx_identifier(request_.name),
                    base::sha256_hex(document.dump()));
    return document.dump(2) + "\n";
  }

  const BomRequest& request_;
  std::vector<base::Json> packages_;
  std::vector<base::Json> files_;
  std::vector<base::Json> relationships_;
  std::map<std::string, std::string> file_identifiers_;
  std::map<std::string, std::string> references_;
  std::set<std::string> known_packages_;
  std::string verification_code_;  // of the files that add_files() got last
};

}  // namespace

base::Result<std::string> write_spdx(const BomRequest& request) {
  return Document(request).write();
}

}  // namespace kmod::sbom
