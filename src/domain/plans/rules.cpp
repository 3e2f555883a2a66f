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
    std::vector<Judged>& level = judged_[generation.counter->level];
    for (const int64_t asked : judged.asked) {
      concerns_[asked].emplace_back(generation.counter->level, level.size());
    }
    concerns_[generation.id].emplace_back(generation.counter->level, level.size());
    level.push_back(std::move(judged));
  }
}

void Fold::add(const Spot& spot, int64_t value) {
  if (!generations_.contains(spot.counter)) return;
  const auto concerned = concerns_.find(spot.counter);
  if (spot.period == 0 && spot.dimension.empty() && concerned != concerns_.end()) {
    for (const auto& [level, nth] : concerned->second) {
      Judged& judged = judged_.at(level)[nth];
      if (judged.generation->id == spot.counter && value != 0) continue;
      const Code place = spot.place.at(level);
      if (place.level() == level) judged.places.insert(place);
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
  constexpr size_t kAtOnce = 256;
  for (auto& [level, counters] : judged_) {
    std::set<Code> all;
    for (const Judged& judged : counters) all.insert(judged.places.begin(), judged.places.end());
    const std::vector<Code> places(all.begin(), all.end());
    for (size_t first = 0; first < places.size(); first += kAtOnce) {
      const auto begin = places.begin() + static_cast<std::ptrdiff_t>(first);
      judge(counters,
            {begin, begin + static_cast<std::ptrdiff_t>(std::min(kAtOnce, places.size() - first))},
            world);
    }
  }
}

void Fold::judge(std::vector<Judged>& counters, const std::vector<Code>& places,
                 const World& world) {
  std::set<int64_t> asked;
  for (const Judged& judged : counters) {
    if (judged.places.empty()) continue;
    asked.insert(judged.asked.begin(), judged.asked.end());
    asked.insert(judged.generation->id);
  }
  const Standing standing = world.standing({asked.begin(), asked.end()}, places);
  const std::map<Code, std::vector<Value>> active = world.places(places);
  for (const Judged& judged : counters) {
    const int64_t counter = judged.generation->id;
    for (const Code place : places) {
      if (!judged.places.contains(place)) continue;
      const auto values = active.find(place);
      const bool holds_now =
          values != active.end() && holds(judged, place, values->second, standing);
      const int64_t now = holds_now ? indicator::kMillion : 0;
      const int64_t before = now_at(counter, place, standing);
      if (now != before) add({counter, place, "", 0}, now - before);
    }
  }
}

bool Fold::holds(const Judged& judged, Code place, const std::vector<Value>& values,
                 const Standing& standing) const {
  const Counter& counter = *judged.generation->counter;
  const auto figure = [&](const expr::Aggregate& aggregate) -> Value {
    for (size_t i = 0; i < counter.nested.size(); ++i) {
      if (counter.nested[i]->aggregate->text != aggregate.text) continue;
      return indicator::shown(aggregate, now_at(judged.asked[i], place, standing));
    }
    return Value();
  };
  return indicator::share(counter, Seen(values), judged.generation->as_of, figure) != 0;
}

int64_t Fold::now_at(int64_t counter, Code place, const Standing& standing) const {
  const auto stood = standing.find({counter, place});
  const auto added = additions_.find({counter, place, "", 0});
  return (stood == standing.end() ? 0 : stood->second) +
         (added == additions_.end() ? 0 : added->second.value);
}

namespace {

std::optional<double> sum_below(const StatisticTree& tree, Code place) {
  if (!tree.any_below(place)) return std::nullopt;
  const std::vector<Code> parts = tree.children(place);
  if (parts.empty()) return std::nullopt;
  const std::map<Code, double> known = tree.own(parts);
  double sum = 0;
  for (const Code part : parts) {
    const auto own = known.find(part);
    const auto value = own != known.end() ? own->second : sum_below(tree, part);
    if (!value) return std::nullopt;
    sum += *value;
  }
  return sum;
}

}  // namespace

std::optional<double> StatisticTree::at(Code place) const {
  const std::map<Code, double> known = own({place});
  return known.empty() ? sum_below(*this, place) : known.begin()->second;
}

}  // namespace linli::plans
