// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads what Bazel writes by --execution_log_json_file.
#ifndef TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_
#define TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_

#include <expected>
#include <istream>
#include <string>
#include <vector>

#include "tests/integration/cache_report/spawn.h"

namespace kmod::cache_report {

// Reads all spawns of a log, which is one JSON object after the other. `where` is what messages
// call the log.
//
// Errors: text that is no JSON, or an object that is no spawn.
[[nodiscard]] std::expected<std::vector<Spawn>, std::string> read_spawn_log(
    std::istream& log, const std::string& where);

}  // namespace kmod::cache_report

#endif  // TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_
