#include "kmod/alloc.h"
#include "kmod/module.h"
#include "kmod/parameter.h"
#include "kmod/print.h"

KMOD_PARAMETER(charp, who);

class First {
 public:
  static kmod::Result<First> create() {
    auto number = KMOD_TRY(kmod::make_unique<int>(kmod::Gfp::kernel, 42));
    pr_info("%s gets %d\n", who(), *number);
    return kmod::Result<First>(std::in_place);
  }
  ~First() { pr_info("bye\n"); }
};

KMOD_MODULE(First);
