// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses headers of the standard library whose code ends up in the object.
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <expected>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace sample {

struct Entry {
  int key = 0;
  unsigned value = 0;
};

struct Describe {
  int operator()(int number) const { return number; }
  int operator()(std::string_view text) const { return static_cast<int>(text.size()); }
};

std::expected<unsigned, int> sum_of_odd(std::span<Entry> entries);
int describe(const std::variant<int, std::string_view>& either);
std::optional<std::size_t> find_word(std::string_view text, std::string_view word);
unsigned next(std::atomic<unsigned>& counter);
int apply(std::tuple<int, int> both);
void relocate(Entry* from, Entry* to, std::size_t count);

std::expected<unsigned, int> sum_of_odd(std::span<Entry> entries) {
  if (entries.empty()) return std::unexpected(-22);
  std::ranges::sort(entries, std::ranges::less(), &Entry::key);
  unsigned sum = 0;
  for (const Entry& entry : entries | std::views::filter([](const Entry& one) {
                              return std::popcount(one.value) % 2 == 1;
                            })) {
    sum += entry.value;
  }
  return sum;
}

int describe(const std::variant<int, std::string_view>& either) {
  if (const int* number = std::get_if<int>(&either)) return Describe()(*number);
  if (const auto* text = std::get_if<std::string_view>(&either)) return Describe()(*text);
  return 0;
}

std::optional<std::size_t> find_word(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  return at;
}

unsigned next(std::atomic<unsigned>& counter) {
  return counter.fetch_add(1, std::memory_order_acq_rel);
}

int apply(std::tuple<int, int> both) { return std::apply(std::plus<>(), both); }

void relocate(Entry* from, Entry* to, std::size_t count) {
  std::uninitialized_move_n(from, count, to);
  std::array<int, 8> numbers = {};
  std::ranges::fill(numbers, 1);
  to->key = std::accumulate(numbers.begin(), numbers.end(), 0);
}

}  // namespace sample
