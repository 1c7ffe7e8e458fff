// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/license.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace kmod::sbom {
namespace {

const std::string kFormat =
    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n";

TEST(CopyrightTest, JoinsTheLicensesOfAllFiles) {
  const auto license =
      read_copyright(kFormat +
                         "License: see below\n\n"
                         "Files: *\nLicense: Expat\n\n"
                         "Files: a\nLicense: GPL-2+ or LGPL-2.1+ and BSD-3-clause\n\n"
                         "Files: b\nLicense: expat\n The text.\n\n"
                         "License: GPL-3\n A text that no file has.\n",
                     "p");
  EXPECT_EQ(license.expression, "(GPL-2.0-or-later OR LGPL-2.1-or-later AND BSD-3-Clause) AND MIT");
  EXPECT_TRUE(license.references.empty());
}

TEST(CopyrightTest, RefersToLicensesThatSpdxDoesNotKnow) {
  const auto license =
      read_copyright(kFormat +
                         "\nFiles: *\nLicense: public-domain or GPL-2+ with Libtool exception\n\n"
                         "Files: a\nLicense: GPL-2, or Artistic\n",
                     "lib+x");
  EXPECT_EQ(
      license.expression,
      "(LicenseRef-lib-x-public-domain OR LicenseRef-lib-x-GPL-2--with-Libtool-exception) AND "
      "LicenseRef-lib-x-GPL-2--or-Artistic");
  EXPECT_EQ(license.references,
            (std::map<std::string, std::string>{
                {"LicenseRef-lib-x-GPL-2--or-Artistic", "GPL-2, or Artistic"},
                {"LicenseRef-lib-x-GPL-2--with-Libtool-exception", "GPL-2+ with Libtool exception"},
                {"LicenseRef-lib-x-public-domain", "public-domain"}}));
}

TEST(CopyrightTest, AssertsNothingAboutOtherTexts) {
  for (const std::string& text :
       {std::string("This is the Debian package of GCC.\n\nLicense: GPL-3\n"), kFormat,
        std::string()}) {
    EXPECT_EQ(read_copyright(text, "p").expression, "NOASSERTION") << text;
  }
}

TEST(SourceLicenseTest, ReadsTheTag) {
  using Names = std::vector<std::string>;
  const std::string tag = std::string("SPDX-License-") + "Identifier: ";
  EXPECT_EQ(licenses_in_source("// " + tag + "MIT OR GPL-2.0-only\ncode OR x\n"),
            (Names{"GPL-2.0-only", "MIT"}));
  EXPECT_EQ(licenses_in_source("/* " + tag + "(GPL-2.0-only WITH Linux-syscall-note) */\n"),
            (Names{"GPL-2.0-only", "Linux-syscall-note"}));
  EXPECT_EQ(licenses_in_source("int x;\n"), (Names{"NOASSERTION"}));
}

}  // namespace
}  // namespace kmod::sbom
