// SPDX-License-Identifier: MIT OR GPL-2.0-only

#ifndef TESTS_LINT_SEEDED_FAULTS_H_
#define TESTS_LINT_SEEDED_FAULTS_H_

class Number {
 public:
  Number(int value) : value_(value) {}  // google-explicit-constructor
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

#endif  // TESTS_LINT_SEEDED_FAULTS_H_
