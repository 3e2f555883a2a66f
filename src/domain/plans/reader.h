// Reading figures: the values of expressions at places over a period, live.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/places/types.h"
#include "domain/plans/figures.h"
#include "domain/plans/store.h"
#include "engine/indicator/figure.h"
#include "engine/indicator/period.h"

namespace linli::plans {

// Loads what some expressions need at some places, and evaluates them. A figure over a register in
// which nobody has entered a record (in the place's county, or below a place above that) is "no
// data", not zero; so is a past stock of a month that was not kept.
// Which places make up a place when others were merged into it, or away from under it: those of
// today (a comparable row of figures), or those of the period's last day.
enum class Territory { as_is, as_was };

class Reader {
 public:
  Reader(db::Tx& tx, const host::Services& services, Figures& figures, time::Date today,
         Territory territory = Territory::as_is);

  void load(const std::vector<const expr::Expression*>& expressions, std::vector<Code> places,
            const indicator::Period& period);
  std::optional<double> value(const expr::Expression& expression, Code place) const;
  // For each word of a split field: the expression over the records with that word. Counters that
  // are not split by the field count in whole. The expression and the place have been loaded.
  std::map<std::string, std::optional<double>> by(const expr::Expression& expression, Code place,
                                                  const std::string& field);
  // A number from outside in the year of the period, or the latest before it.
  std::optional<double> statistic(std::string_view key, Code place) const;

 private:
  using Counter = indicator::Counter;
  // Which generation and codes to read for a counter; none: no data.
  struct Source {
    int64_t id = 0;
    std::vector<std::pair<indicator::Code, indicator::Code>> codes;
    bool holds(indicator::Code code) const;
  };
  // A merged place whose figures count for another place too, or no longer.
  struct Moved {
    Code place;
    Code from;
    int64_t sign = 1;
  };
  std::vector<Moved> moved(const std::vector<Code>& places) const;
  void move(const std::vector<Moved>& moves);
  std::optional<Source> source(const Counter& counter) const;
  // By word and counter; all counters that are loaded are read at once.
  using Splits = std::map<std::string, std::map<const Counter*, int64_t>>;
  const Splits& splits_at(Code place, const std::string& field);
  // The loaded counters that are read over the same codes.
  struct Span {
    indicator::Code from = 0;
    indicator::Code to = 0;
    bool of_days = false;  // sums of days
    std::vector<int64_t> ids;
    std::map<int64_t, const Counter*> counters;
  };
  void each_span(const std::function<void(const Span&)>& read) const;
  void load_counters(const std::vector<Code>& places);
  // Differences of the counters below the places that are not folded yet, and adding them.
  Deltas pending(const std::set<const Counter*>& counters, const std::vector<Code>& places) const;
  // The same, read once: they do not depend on the period.
  Deltas waiting(const std::set<const Counter*>& counters, const std::vector<Code>& places);
  void add(const Deltas& deltas);
  bool is_kept(const expr::Aggregate& aggregate, Code place) const;
  indicator::Numbers numbers(Code place) const;
  using StatisticSpot = std::tuple<std::string, Code, int64_t>;  // key, place, year
  std::optional<double> statistic_of(const StatisticSpot& spot) const;

  db::Tx& tx_;
  time::Date today_;
  std::shared_ptr<const Kept> kept_;
  indicator::Period period_;
  bool past_ = false;  // the period has ended
  store::KeptEnds ends_;
  std::vector<places::Succession> merges_;
  Territory territory_;
  std::set<const Counter*> counters_;
  std::map<std::pair<const Counter*, Code>, int64_t> values_;
  std::map<std::pair<Code, std::string>, Splits> splits_;
  Additions pending_;
  std::map<std::pair<std::set<const Counter*>, std::vector<Code>>, Deltas> waiting_;
  mutable std::map<StatisticSpot, std::optional<double>> statistics_;
};

}  // namespace linli::plans
