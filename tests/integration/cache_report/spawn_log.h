// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the log that Bazel writes with --execution_log_json_file.
#ifndef TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_
#define TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_

#include <expected>
#include <istream>
#include <string>
#include <vector>

#include "tests/integration/cache_report/spawn.h"

namespace kmod::cache_report {

// Reads all spawns of a log, which is a sequence of JSON objects. Messages call the log `where`.
//
// Errors: the text is not JSON, or an object is not a spawn.
[[nodiscard]] std::expected<std::vector<Spawn>, std::string> read_spawn_log(
    std::istream& log, const std::string& where);

}  // namespace kmod::cache_report

#endif  // TESTS_INTEGRATION_CACHE_REPORT_SPAWN_LOG_H_
