// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/allocation_site.h"

#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/vm/guest/slab_counts.h"

namespace kmod::vm {
namespace {

using Sites = std::vector<AllocationSite>;

constexpr const char* kKernelSite =
    "      1 cpupri_init+0x7b/0xe0 waste=4/4 age=1943 pid=0\n"
    "        __kmalloc+0x49/0x150\n"
    "        cpupri_init+0x7b/0xe0\n"
    "\n";
constexpr const char* kLostSite =
    "      3 0xffffffffc020100f age=192/192/192 pid=368\n"
    "        __kmalloc+0x49/0x150\n"
    "        0xffffffffc020100f\n"
    "        0xffffffffc02010a1\n"
    "        __do_sys_delete_module+0x1b9/0x330\n"
    "\n";

TEST(AllocTracesTest, FindsOnlyWhatNoLongerHasAName) {
  EXPECT_EQ(parse_alloc_traces(std::string(kKernelSite) + kLostSite + kKernelSite),
            (Sites{{3, 0, {0xffffffffc020100f, 0xffffffffc02010a1}}}));
  EXPECT_EQ(parse_alloc_traces(std::string(kLostSite) + kLostSite)->size(), 2u);
  EXPECT_EQ(parse_alloc_traces(kKernelSite), Sites{});
}

TEST(AllocTracesTest, TellsWhatTheKernelAllocated) {
  EXPECT_EQ(parse_alloc_traces("      1 ___neigh_create+0x2ac/0x9a0 age=7 pid=1\n"
                               "        __kmalloc+0x49/0x150\n"
                               "        ___neigh_create+0x2ac/0x9a0\n"
                               "        0xffffffffc020100f\n\n"),
            (Sites{{1, 0, {0xffffffffc020100f}, true}}));
}

TEST(AllocTracesTest, KnowsAnEmptyCache) {
  EXPECT_EQ(parse_alloc_traces("No data\n"), Sites{});
  EXPECT_EQ(parse_alloc_traces(""), Sites{});
}

TEST(AllocTracesTest, TakesTheCallerWhereThereIsNoStack) {
  EXPECT_EQ(parse_alloc_traces("      2 0xffffffffc0201010 age=7 pid=1\n\n"),
            (Sites{{2, 0, {0xffffffffc0201010}}}));
}

TEST(AllocTracesTest, KeepsEachFrameOfARecursion) {
  EXPECT_EQ(parse_alloc_traces("      1 0xffffffffc0201010 age=7 pid=1\n"
                               "        0xffffffffc0201010\n"
                               "        0xffffffffc0201010\n\n"),
            (Sites{{1, 0, {0xffffffffc0201010, 0xffffffffc0201010}}}));
}

TEST(AllocTracesTest, PassesOverAddressesWhereNoModulesAre) {
  EXPECT_EQ(parse_alloc_traces("      1 0xffffffff81000000 age=7 pid=1\n"
                               "        0xffffffff81000000\n\n"),
            Sites{});
  EXPECT_EQ(parse_alloc_traces("      1 0xffffffffff600000 age=7 pid=1\n\n"), Sites{});
}

TEST(AllocTracesTest, LeavesVmallocToItsOwnFile) {
  EXPECT_EQ(parse_alloc_traces("      1 __get_vm_area_node+0x7b/0x150 age=7 pid=1\n"
                               "        kmalloc_node_trace+0x23/0x90\n"
                               "        __get_vm_area_node+0x7b/0x150\n"
                               "        0xffffffffc020600f\n\n"),
            Sites{});
}

TEST(AllocTracesTest, RefusesAnotherFormat) {
  EXPECT_EQ(parse_alloc_traces("stacks: 7\n").error(),
            "line 1 is \"stacks: 7\", which this program does not understand");
  EXPECT_EQ(
      parse_alloc_traces(std::string(kKernelSite) + "many 0xffffffffc0201010 age=7\n\n").error(),
      "line 5 is \"many 0xffffffffc0201010 age=7\", which this program does not understand");
}

TEST(VmallocInfoTest, FindsAreasOfModulesThatAreGone) {
  EXPECT_EQ(
      parse_vmallocinfo(
          "0xffffc90000000000-0xffffc90000005000   20480 irq_init_percpu_irqstack+0x11c/0x1d0 "
          "vmap\n"
          "0xffffc90000589000-0xffffc9000058d000   16384 0xffffffffc020600f pages=3 vmalloc N0=3\n"
          "0xffffffffc0000000-0xffffffffc0201000 2101248 bpf_prog_pack_alloc+0x164/0x2d0 vmalloc\n"
          "0xffffc9000058d000-0xffffc9000058f000    8192 unpurged vm_area\n"
          "0xffffc9000058f000-0xffffc90000591000    8192\n"),
      (Sites{{1, 12288, {0xffffffffc020600f}}}));
}

TEST(VmallocInfoTest, RefusesAnotherFormat) {
  for (const char* line : {" ", "0xffffc90000589000", "0xffffc90000589000 many x", "a 16384 b",
                           "0xffffc90000589000-0xffffc90000589001 1 x"}) {
    EXPECT_EQ(parse_vmallocinfo(std::string(line) + "\n").error(),
              "line 1 is \"" + std::string(line) + "\", which this program does not understand");
  }
}

TEST(SlabInfoTest, CountsWhatKmallocGave) {
  EXPECT_EQ(parse_slabinfo("slabinfo - version: 2.1\n"
                           "# name  <active_objs> <num_objs> <objsize> : tunables <limit>\n"
                           "dentry               1000   1200    192   21    1 : tunables 0\n"
                           "kmalloc-8            869    900    112   36    1 : tunables 0\n"
                           "kmalloc-cg-64          0      0    160   25    1 : tunables 0\n"),
            (SlabCounts{{"kmalloc-8", 869}, {"kmalloc-cg-64", 0}}));
}

TEST(SlabInfoTest, RefusesAnotherFormat) {
  EXPECT_EQ(parse_slabinfo("slabinfo - version: 3.0\n").error(),
            "it does not begin with \"slabinfo - version: 2.1\"");
  EXPECT_EQ(parse_slabinfo("").error(), "it does not begin with \"slabinfo - version: 2.1\"");
  EXPECT_EQ(parse_slabinfo("slabinfo - version: 2.1\nkmalloc-8 many\n").error(),
            "line 2 is \"kmalloc-8 many\", which this program does not understand");
}

}  // namespace
}  // namespace kmod::vm
