#include "domain/plans/rules.h"

#include <algorithm>
#include <string>

namespace linli::plans {

using indicator::Counter;

Value Seen::get(size_t variable) const {
  return variable < values_.size() ? values_[variable] : Value();
}

bool Seen::has_label(std::string_view label, time::Date today) const {
  return std::any_of(labels_.begin(), labels_.end(), [&](const LabelSpan& held) {
    return held.label == label && held.from <= today && (!held.to || today < *held.to);
  });
}

int64_t generation_id(const Counter& counter, time::Date as_of) {
  return indicator::number_of(counter.key + "@" + std::to_string(as_of));
}

Fold::Fold(const std::vector<Generation>& generations) {
  for (const Generation& generation : generations) {
    generations_[generation.id] = &generation;
    if (generation.counter->kind != Counter::Kind::places) continue;
    Judged judged{.generation = &generation};
    for (const Counter* nested : generation.counter->nested) {
      judged.asked.push_back(generation_id(*nested, as_of(*nested, generation.as_of)));
    }
    judged_[generation.counter->level].push_back(std::move(judged));
  }
}

void Fold::add(const Spot& spot, int64_t value) {
  const auto known = generations_.find(spot.counter);
  if (known == generations_.end()) return;
  const bool standing_whole = spot.period == 0 && spot.dimension.empty();
  for (auto& [level, counters] : judged_) {
    const Code place = spot.place.at(level);
    if (!standing_whole || place.level() != level) continue;
    for (Judged& judged : counters) {
      const bool asked =
          std::find(judged.asked.begin(), judged.asked.end(), spot.counter) != judged.asked.end();
      const bool marked = judged.generation->id == spot.counter && value == 0;
      if (asked || marked) judged.places.insert(place);
    }
  }
  if (value == 0) return;
  Spot above = spot;
  for (const Code place : spot.place.chain()) {
    above.place = place;
    additions_[above].value += value;
  }
  additions_[spot].own += value;
}

void Fold::judge(const World& world) {
  for (auto& [level, counters] : judged_) {
    for (Judged& judged : counters) judge(judged, world);
  }
}

void Fold::judge(Judged& judged, const World& world) {
  if (judged.places.empty()) return;
  const std::vector<Code> places(judged.places.begin(), judged.places.end());
  std::vector<int64_t> counters = judged.asked;
  counters.push_back(judged.generation->id);
  constexpr size_t kAtOnce = 256;
  for (size_t first = 0; first < places.size(); first += kAtOnce) {
    const auto begin = places.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<Code> some(
        begin, begin + static_cast<std::ptrdiff_t>(std::min(kAtOnce, places.size() - first)));
    const auto standing = world.standing(counters, some);
    for (const Code place : some) {
      const int64_t now = holds(judged, place, world, standing) ? indicator::kMillion : 0;
      const auto stood = standing.find({judged.generation->id, place});
      const int64_t before =
          (stood == standing.end() ? 0 : stood->second) + added(judged.generation->id, place);
      if (now != before) add({judged.generation->id, place, "", 0}, now - before);
    }
  }
}

bool Fold::holds(const Judged& judged, Code place, const World& world,
                 const std::map<std::pair<int64_t, Code>, int64_t>& standing) const {
  const std::optional<std::vector<Value>> values = world.place(place);
  if (!values) return false;
  const Counter& counter = *judged.generation->counter;
  const auto figure = [&](const expr::Aggregate& aggregate) -> Value {
    for (size_t i = 0; i < counter.nested.size(); ++i) {
      if (counter.nested[i]->aggregate->text != aggregate.text) continue;
      const auto stood = standing.find({judged.asked[i], place});
      const int64_t value = stood == standing.end() ? 0 : stood->second;
      return indicator::shown(aggregate, value + added(judged.asked[i], place));
    }
    return Value();
  };
  return indicator::share(counter, Seen(*values), judged.generation->as_of, figure) != 0;
}

int64_t Fold::added(int64_t counter, Code place) const {
  const auto found = additions_.find({counter, place, "", 0});
  return found == additions_.end() ? 0 : found->second.value;
}

std::optional<double> StatisticTree::at(Code place) const {
  if (const auto found = own.find(place); found != own.end()) return found->second;
  const auto below = own.lower_bound(place);
  if (below == own.end() || !place.contains(below->first)) return std::nullopt;
  double sum = 0;
  const std::vector<Code> parts = children(place);
  for (const Code child : parts) {
    const std::optional<double> part = at(child);
    if (!part) return std::nullopt;
    sum += *part;
  }
  if (parts.empty()) return std::nullopt;
  return sum;
}

}  // namespace linli::plans
