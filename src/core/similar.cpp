#include "core/similar.h"

#include <algorithm>
#include <cstddef>

namespace linli {
namespace {

constexpr size_t kLongestWord = 80;
constexpr size_t kMostListed = 12;

// Optimal string alignment distance.
size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string most_similar(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord) return {};
  size_t fewest = std::max<size_t>(1, word.size() / 3) + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const size_t edits = edits_between(word, candidate);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string suggest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string nearest = most_similar(word, candidates);
  if (!nearest.empty()) return "perhaps `" + nearest + "`";
  if (candidates.empty()) return {};
  std::string list = "one of: ";
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (i == kMostListed) return list + ", …";
    if (i > 0) list += ", ";
    list += candidates[i];
  }
  return list;
}

}  // namespace linli
