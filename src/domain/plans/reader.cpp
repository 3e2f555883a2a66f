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

using Counters = std::set<const Counter*>;

void collect(const indicator::Book& book, const expr::Aggregate& aggregate, Counters& counters,
             Counters& presences) {
  if (const Counter* counter = book.find(aggregate)) counters.insert(counter);
  if (const Counter* presence = book.presence(aggregate.kind)) presences.insert(presence);
  for (const auto& nested : aggregate.nested) collect(book, *nested, counters, presences);
}

void sort_unique(std::vector<Code>& places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

}  // namespace

Reader::Reader(db::Tx& tx, const host::Services& services, Figures& figures, time::Date today,
               Territory territory)
    : tx_(tx),
      today_(today),
      kept_(figures.kept(tx, services)),
      ends_(store::kept_ends(tx)),
      merges_(places::merges(tx)),
      territory_(territory) {}

bool Reader::Source::holds(indicator::Code code) const {
  return std::any_of(codes.begin(), codes.end(), [&](const auto& range) {
    return range.first <= code && code <= range.second;
  });
}

std::optional<Reader::Source> Reader::source(const Counter& counter) const {
  const Generation* live = kept_->live(counter);
  if (live == nullptr) return std::nullopt;
  if (counter.kind == Counter::Kind::flow) return Source{live->id, indicator::codes_of(period_)};
  if (!past_) return Source{live->id, {{0, 0}}};
  const auto end = indicator::end_code(period_.to);
  const auto kept = end ? ends_.days.find(*end) : ends_.days.end();
  if (kept == ends_.days.end() || kept->second != period_.to) return std::nullopt;
  return Source{number_at(counter, *end), {{*end, *end}}};
}

// By the last successor of each merged place: a place above that one gains, a place above the
// merged one alone loses.
std::vector<Reader::Moved> Reader::moved(const std::vector<Code>& places) const {
  std::vector<Moved> all;
  if (merges_.empty()) return all;
  const time::Date on = territory_ == Territory::as_is ? today_ : std::min(period_.to, today_);
  std::map<Code, Code> into;
  for (const places::Succession& merge : merges_) {
    if (merge.on <= on) into[merge.place] = merge.successor;
  }
  for (const auto& [gone, first] : into) {
    Code last = first;
    for (size_t hops = 0; into.contains(last) && hops < into.size(); ++hops) last = into.at(last);
    for (const Code place : places) {
      const bool gains = place.contains(last) && !place.contains(gone);
      const bool loses = place.contains(gone) && place != gone && !place.contains(last);
      if (gains) all.push_back({place, gone, 1});
      if (loses) all.push_back({place, gone, -1});
    }
  }
  return all;
}

void Reader::move(const std::vector<Moved>& moves) {
  std::map<std::pair<const Counter*, Code>, int64_t> additions;
  for (const Moved& move : moves) {
    for (const Counter* counter : counters_) {
      // A merged community is no community of the one it went into.
      if (counter->kind == Counter::Kind::places && move.place.level() >= counter->level) continue;
      const auto found = values_.find({counter, move.from});
      if (found != values_.end()) additions[{counter, move.place}] += move.sign * found->second;
    }
  }
  for (const auto& [spot, value] : additions) values_[spot] += value;
}

void Reader::load(const std::vector<const expr::Expression*>& expressions, std::vector<Code> places,
                  const indicator::Period& period) {
  period_ = period;
  past_ = period.to < today_;
  values_.clear();
  splits_.clear();
  pending_.clear();
  counters_.clear();
  std::set<const Counter*> presences;
  for (const expr::Expression* expression : expressions) {
    for (const auto& aggregate : expr::aggregates(*expression)) {
      collect(*kept_->book, *aggregate, counters_, presences);
    }
  }
  const std::vector<Moved> moves = moved(places);
  for (const Moved& move : moves) places.push_back(move.from);
  std::vector<Code> around;
  for (const Code place : places) around.push_back(presence_place(place));
  sort_unique(places);
  sort_unique(around);
  Deltas deltas = waiting(counters_, places);
  deltas.merge(waiting(presences, around));
  counters_.merge(presences);
  places.insert(places.end(), around.begin(), around.end());
  sort_unique(places);
  load_counters(places);
  add(deltas);
  move(moves);
}

void Reader::each_span(const std::function<void(const Span&)>& read) const {
  std::map<std::tuple<indicator::Code, indicator::Code, bool>, Span> spans;
  for (const Counter* counter : counters_) {
    const auto from = source(*counter);
    if (!from) continue;
    for (const auto& [first, last] : from->codes) {
      const bool of_days = counter->kind == Counter::Kind::flow && indicator::is_day(first);
      Span& span = spans[{first, last, of_days}];
      span.from = first;
      span.to = last;
      span.of_days = of_days;
      span.ids.push_back(from->id);
      span.counters[from->id] = counter;
    }
  }
  for (const auto& [codes, span] : spans) read(span);
}

void Reader::load_counters(const std::vector<Code>& places) {
  each_span([&](const Span& span) {
    for (const auto& [key, sum] : store::sums(tx_, span.ids, places, span.from, span.to)) {
      values_[{span.counters.at(key.first), key.second}] += sum;
    }
  });
}

Deltas Reader::waiting(const Counters& counters, const std::vector<Code>& places) {
  const auto [kept, is_new] = waiting_.try_emplace({counters, places});
  if (is_new) kept->second = pending(counters, places);
  return kept->second;
}

Deltas Reader::pending(const std::set<const Counter*>& counters,
                       const std::vector<Code>& places) const {
  std::vector<int64_t> list;
  for (const Counter* counter : counters) {
    if (const Generation* live = kept_->live(*counter)) list.push_back(live->id);
  }
  if (places.empty()) return {};
  Code last = places.front();
  for (const Code place : places) last = std::max(last, Code(place.last()));
  return store::pending(tx_, list, places.front(), last);
}

void Reader::add(const Deltas& deltas) {
  if (deltas.empty()) return;
  Fold fold(kept_->generations);
  for (const auto& [spot, value] : deltas) fold.add(spot, value);
  fold.judge(world_of(tx_));
  pending_ = fold.additions();
  std::map<int64_t, const Counter*> ids;
  for (const Counter* counter : counters_) {
    if (const Generation* live = kept_->live(*counter)) ids[live->id] = counter;
  }
  for (const auto& [spot, addition] : pending_) {
    const auto counter = ids.find(spot.counter);
    if (!spot.dimension.empty() || counter == ids.end()) continue;
    const auto from = source(*counter->second);
    if (!from || from->id != spot.counter || !from->holds(spot.period)) continue;
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

const Reader::Splits& Reader::splits_at(Code place, const std::string& field) {
  const auto [kept, is_new] = splits_.try_emplace({place, field});
  if (!is_new) return kept->second;
  Splits& splits = kept->second;
  each_span([&](const Span& span) {
    const std::string start = indicator::start_of_dimension(field, span.of_days);
    for (const auto& [key, sum] :
         store::split_sums(tx_, span.ids, place, start, span.from, span.to)) {
      splits[key.first][span.counters.at(key.second)] += sum;
    }
    for (const auto& [spot, addition] : pending_) {
      const auto counter = span.counters.find(spot.counter);
      if (counter == span.counters.end() || spot.place != place ||
          !spot.dimension.starts_with(start) || spot.period < span.from || spot.period > span.to) {
        continue;
      }
      splits[spot.dimension.substr(start.size())][counter->second] += addition.value;
    }
  });
  return splits;
}

std::map<std::string, std::optional<double>> Reader::by(const expr::Expression& expression,
                                                        Code place, const std::string& field) {
  std::map<std::string, std::map<const Counter*, int64_t>> words;
  const auto asked = expr::aggregates(expression);
  for (const auto& [word, counted] : splits_at(place, field)) {
    for (const auto& aggregate : asked) {
      const auto sum = counted.find(kept_->book->find(*aggregate));
      if (sum != counted.end()) words[word].insert(*sum);
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
  const int64_t year = period_.to / 10000;
  const auto [kept, is_new] = statistics_.try_emplace({std::string(key), place, year});
  if (is_new) kept->second = statistic_of(kept->first);
  return kept->second;
}

std::optional<double> Reader::statistic_of(const StatisticSpot& spot) const {
  const auto& [key, place, year] = spot;
  StatisticTree tree;
  tree.own = [&, &of = key, upto = year](const std::vector<Code>& places) {
    return store::statistics(tx_, of, places, upto);
  };
  tree.any_below = [&, &of = key, upto = year](Code parent) {
    return store::has_statistic_below(tx_, of, parent, upto);
  };
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
