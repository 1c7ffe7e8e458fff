// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <string_view>

#include "tests/libraries/library.h"

namespace {

struct Settings {
  int depth;
  int width;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (depth, width))

int field(const Settings& settings, std::string_view name) {
  int value = -1;
  boost::mp11::mp_for_each<
      boost::describe::describe_members<Settings, boost::describe::mod_public>>([&](auto member) {
    if (name == member.name) value = settings.*member.pointer;
  });
  return value;
}

}  // namespace

KMOD_TEST_LIBRARY(field({.depth = 3, .width = 4}, "width") == 4 && field({}, "height") == -1);
