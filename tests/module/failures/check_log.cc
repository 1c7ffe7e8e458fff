// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// check_log LOG EXPECTED
// Succeeds if LOG contains the lines of EXPECTED in this order; a line of EXPECTED may be part of a
// line in LOG.

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: check_log LOG EXPECTED\n";
    return 2;
  }
  std::ifstream log_file(argv[1]);
  std::ifstream expected_file(argv[2]);
  if (!log_file || !expected_file) {
    std::cerr << "check_log: cannot read " << (log_file ? argv[2] : argv[1]) << "\n";
    return 2;
  }
  const std::string log{std::istreambuf_iterator<char>(log_file), {}};
  std::size_t position = 0;
  int checked = 0;
  for (std::string line; std::getline(expected_file, line); ++checked) {
    const std::size_t found = log.find(line, position);
    if (found == std::string::npos) {
      std::cerr << "the log lacks, after " << checked << " other texts:\n  " << line
                << "\nThe log is:\n"
                << log;
      return 1;
    }
    position = found + line.size();
  }
  if (checked == 0) {
    std::cerr << "check_log: " << argv[2] << " expects nothing\n";
    return 2;
  }
  return 0;
}
