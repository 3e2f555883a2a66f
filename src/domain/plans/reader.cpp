#include "domain/plans/reader.h"

#include <algorithm>
#include <cstdlib>

#include "domain/places/api.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using region::Level;

// Where the presence of a register is asked for a place.
Code presence_place(Code place) {
  return place.at(Level::county);
}

void collect(const indicator::Book& book, const expr::Aggregate& aggregate,
             std::set<const Counter*>& counters) {
  if (const Counter* counter = book.find(aggregate)) counters.insert(counter);
  if (const Counter* presence = book.presence(aggregate.kind)) counters.insert(presence);
  for (const auto& nested : aggregate.nested) collect(book, *nested, counters);
}

}  // namespace

Reader::Reader(db::Tx& tx, const host::Services& services, Figures& figures, time::Date today)
    : tx_(tx), today_(today), kept_(figures.kept(tx, services)) {
  const std::vector<Month> months = store::months(tx);
  months_.insert(months.begin(), months.end());
}

std::optional<Reader::Source> Reader::source(const Counter& counter) const {
  const Generation* live = kept_->live(counter);
  if (live == nullptr) return std::nullopt;
  if (counter.kind == Counter::Kind::flow) return Source{live->id, period_.first, period_.last};
  if (!past_) return Source{live->id, 0, 0};
  if (!months_.contains(period_.last)) return std::nullopt;
  return Source{indicator::number_of(counter.key), period_.last, period_.last};
}

void Reader::load(const std::vector<const expr::Expression*>& expressions, std::vector<Code> places,
                  const indicator::Period& period) {
  period_ = period;
  past_ = period.last < indicator::month_of(today_);
  values_.clear();
  pending_.clear();
  std::set<const Counter*> counters;
  for (const expr::Expression* expression : expressions) {
    for (const auto& aggregate : expr::aggregates(*expression)) {
      collect(*kept_->book, *aggregate, counters);
    }
  }
  for (size_t i = places.size(); i > 0; --i) places.push_back(presence_place(places[i - 1]));
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  load_counters(counters, places);
  add_pending(counters, places);
}

void Reader::load_counters(const std::set<const Counter*>& counters,
                           const std::vector<Code>& places) {
  std::map<std::pair<Month, Month>, std::map<int64_t, const Counter*>> wanted;
  for (const Counter* counter : counters) {
    if (const auto from = source(*counter)) wanted[{from->from, from->to}][from->id] = counter;
  }
  for (const auto& [months, ids] : wanted) {
    std::vector<int64_t> list;
    for (const auto& [id, counter] : ids) list.push_back(id);
    for (const auto& [key, sum] : store::sums(tx_, list, places, months.first, months.second)) {
      values_[{ids.at(key.first), key.second}] = sum;
    }
  }
}

void Reader::add_pending(const std::set<const Counter*>& counters,
                         const std::vector<Code>& places) {
  std::map<int64_t, const Counter*> ids;
  std::vector<int64_t> list;
  for (const Counter* counter : counters) {
    const Generation* live = kept_->live(*counter);
    if (live == nullptr) continue;
    ids[live->id] = counter;
    list.push_back(live->id);
  }
  if (places.empty()) return;
  Code last = places.front();
  for (const Code place : places) last = std::max(last, Code(place.last()));
  const Deltas deltas = store::pending(tx_, list, places.front(), last);
  if (deltas.empty()) return;
  Fold fold(kept_->generations);
  for (const auto& [spot, value] : deltas) fold.add(spot, value);
  fold.judge(world_of(tx_));
  pending_ = fold.additions();
  for (const auto& [spot, addition] : pending_) {
    const auto counter = ids.find(spot.counter);
    if (!spot.dimension.empty() || counter == ids.end()) continue;
    const auto from = source(*counter->second);
    if (!from || from->id != spot.counter || spot.period < from->from || spot.period > from->to) {
      continue;
    }
    values_[{counter->second, spot.place}] += addition.value;
  }
}

bool Reader::is_kept(const expr::Aggregate& aggregate, Code place) const {
  if (const Counter* presence = kept_->book->presence(aggregate.kind)) {
    const auto found = values_.find({presence, presence_place(place)});
    if (found == values_.end() || found->second == 0) return false;
  }
  return std::all_of(aggregate.nested.begin(), aggregate.nested.end(),
                     [&](const auto& nested) { return is_kept(*nested, place); });
}

indicator::Numbers Reader::numbers(Code place) const {
  return {.counter = [this, place](const expr::Aggregate& aggregate) -> Value {
            const Counter* counter = kept_->book->find(aggregate);
            if (counter == nullptr || !source(*counter) || !is_kept(aggregate, place)) return {};
            const auto found = values_.find({counter, place});
            return indicator::shown(aggregate, found == values_.end() ? 0 : found->second);
          },
          .statistic = [this, place](std::string_view key) -> Value {
            const auto number = statistic(key, place);
            return number ? Value(*number) : Value();
          }};
}

std::optional<double> Reader::value(const expr::Expression& expression, Code place) const {
  return indicator::evaluate(expression, numbers(place));
}

std::map<std::string, std::optional<double>> Reader::by(const expr::Expression& expression,
                                                        Code place,
                                                        const std::string& field) const {
  // word → counter → value
  std::map<std::string, std::map<const Counter*, int64_t>> words;
  for (const auto& aggregate : expr::aggregates(expression)) {
    const Counter* counter = kept_->book->find(*aggregate);
    if (counter == nullptr) continue;
    const auto from = source(*counter);
    if (!from) continue;
    for (const auto& [word, sums] :
         store::sums_by(tx_, {from->id}, place, field, from->from, from->to)) {
      for (const auto& [id, sum] : sums) words[word][counter] += sum;
    }
    for (const auto& [spot, addition] : pending_) {
      if (spot.counter != from->id || spot.place != place || spot.period < from->from ||
          spot.period > from->to || spot.dimension.rfind(field + "=", 0) != 0) {
        continue;
      }
      words[spot.dimension.substr(field.size() + 1)][counter] += addition.value;
    }
  }
  std::map<std::string, std::optional<double>> values;
  for (const auto& [word, sums] : words) {
    indicator::Numbers whole = numbers(place);
    const auto split = [&, counted = &sums](const expr::Aggregate& aggregate) -> Value {
      const Counter* counter = kept_->book->find(aggregate);
      const bool is_split =
          counter != nullptr && std::any_of(counter->by.begin(), counter->by.end(),
                                            [&](const auto& by) { return by.field == field; });
      if (!is_split) return whole.counter(aggregate);
      const auto found = counted->find(counter);
      return indicator::shown(aggregate, found == counted->end() ? 0 : found->second);
    };
    values[word] =
        indicator::evaluate(expression, {.counter = split, .statistic = whole.statistic});
  }
  return values;
}

std::optional<double> Reader::statistic(std::string_view key, Code place) const {
  StatisticTree tree;
  for (const Statistic& known :
       store::statistics(tx_, std::string(key), place, period_.last / 100)) {
    tree.own[known.place] = known.value;
  }
  tree.children = [this](Code parent) {
    std::vector<Code> all;
    Code after = parent;
    for (;;) {
      const std::vector<places::Place> some = places::children(tx_, parent, after, 200);
      for (const places::Place& child : some) all.push_back(child.code);
      if (some.size() < 200) return all;
      after = some.back().code;
    }
  };
  return tree.at(place);
}

}  // namespace linli::plans
