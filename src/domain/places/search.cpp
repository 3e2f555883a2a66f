#include "domain/places/search.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "core/text.h"
#include "domain/places/rules.h"
#include "domain/places/store.h"

namespace linli::places {
namespace {

using store::Column;
using store::Found;

constexpr std::array<Level, 7> kLevels = {Level::province,  Level::city,    Level::county,
                                          Level::township,  Level::village, Level::grid,
                                          Level::micro_grid};

struct Candidate {
  Fit fit = Fit::none;
  Found place;
};

bool better(const Candidate& a, const Candidate& b) {
  const auto key = [](const Candidate& c) {
    return std::tuple(c.fit, c.place.code.level(), c.place.name.size(), c.place.code);
  };
  return key(a) < key(b);
}

bool is_latin(std::string_view query) {
  return std::all_of(query.begin(), query.end(),
                     [](char byte) { return static_cast<signed char>(byte) > 0; });
}

class Finder {
 public:
  Finder(db::Tx& tx, Code under, std::optional<Level> level, int64_t limit)
      : tx_(tx), under_(under), level_(level), limit_(limit) {}

  std::vector<Found> find(const std::string& query) {
    if (under_.level() < Level::city) {
      find_wide(query);
    } else {
      const Level deepest = under_.level() == Level::city ? Level::village : Level::micro_grid;
      keep(query, store::anywhere(tx_, is_latin(query), level_.value_or(under_.level()),
                                  level_.value_or(deepest), under_, query, limit_));
    }
    return best();
  }

 private:
  bool asked(Level level) const { return level >= under_.level() && (!level_ || *level_ == level); }

  // A part of a name costs a look at every name: only where there are not too many.
  void find_wide(const std::string& query) {
    const std::vector<Column> columns = is_latin(query)
                                            ? std::vector{Column::pinyin, Column::initials}
                                            : std::vector{Column::name_key};
    for (const Column column : columns) {
      for (const Level level : kLevels) {
        if (!asked(level)) continue;
        keep(query, store::with_prefix(tx_, column, level, under_, query, limit_));
      }
    }
    if (enough()) return;
    for (const Column column : columns) {
      for (const Level level : {Level::province, Level::city, Level::county}) {
        if (asked(level)) keep(query, store::containing(tx_, column, level, under_, query, limit_));
      }
    }
  }

  bool enough() const { return std::ssize(candidates_) >= limit_; }

  void keep(const std::string& query, std::vector<Found> found) {
    for (Found& place : found) {
      const Fit fit = fit_of(place.key, query);
      if (fit == Fit::none) continue;
      const auto [at, is_new] = candidates_.try_emplace(place.code);
      if (is_new || fit < at->second.fit) at->second = {fit, std::move(place)};
    }
  }

  std::vector<Found> best() {
    std::vector<Candidate> sorted;
    for (auto& [code, candidate] : candidates_) sorted.push_back(std::move(candidate));
    std::sort(sorted.begin(), sorted.end(), better);
    if (std::ssize(sorted) > limit_) sorted.resize(static_cast<size_t>(limit_));
    std::vector<Found> places;
    for (Candidate& candidate : sorted) places.push_back(std::move(candidate.place));
    return places;
  }

  db::Tx& tx_;
  Code under_;
  std::optional<Level> level_;
  int64_t limit_;
  std::unordered_map<Code, Candidate> candidates_;
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : text::split(text, ' ')) {
    std::string folded = text::fold(part);
    if (!folded.empty()) words.push_back(std::move(folded));
  }
  return words;
}

std::vector<Hit> with_paths(db::Tx& tx, const std::vector<Found>& places) {
  std::unordered_set<Code> ancestors;
  for (const Found& place : places) {
    for (const Code above : place.code.chain()) ancestors.insert(above);
  }
  ancestors.erase(Code());
  std::unordered_map<Code, std::string> names;
  for (Reference& named : store::names(tx, {ancestors.begin(), ancestors.end()})) {
    names.emplace(named.code, std::move(named.name));
  }
  std::vector<Hit> hits;
  for (const Found& place : places) {
    std::vector<Code> chain = place.code.chain();
    std::string path;
    for (auto above = chain.rbegin(); above != chain.rend(); ++above) {
      if (*above != Code()) path += (path.empty() ? "" : " ") + names[*above];
    }
    hits.push_back({place.code, place.name, std::move(path)});
  }
  return hits;
}

}  // namespace

std::vector<Hit> search(db::Tx& tx, const Search& asked) {
  const std::vector<std::string> words = words_of(asked.text);
  if (words.empty()) return {};
  Code under = asked.under;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const std::vector<Found> narrower = Finder(tx, under, std::nullopt, 1).find(words[i]);
    if (narrower.empty()) return {};
    under = narrower.front().code;
  }
  return with_paths(tx, Finder(tx, under, asked.level, asked.limit).find(words.back()));
}

}  // namespace linli::places
