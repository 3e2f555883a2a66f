// All SQL of the plans.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/database.h"
#include "domain/plans/types.h"

namespace linli::plans::store {

struct GenerationRow {
  int64_t id = 0;
  std::string key;
  time::Date as_of = 0;
  bool live = false;
};
struct State {
  int64_t version = 0;
  time::Date since = 0;  // the day of the first start
  time::Date checked = 0;
};
State state(db::Tx& tx);
std::vector<GenerationRow> generations(db::Tx& tx);
// Nobody writes differences while this transaction lasts, and all who did have ended.
void lock_state(db::Tx& tx);
void add_generation(db::Tx& tx, const GenerationRow& row);
void set_live(db::Tx& tx, int64_t id);
void drop_generation(db::Tx& tx, int64_t id);
void set_since(db::Tx& tx, time::Date day);
void set_checked(db::Tx& tx, time::Date day);
void touch_version(db::Tx& tx);
void remove_figures(db::Tx& tx, int64_t counter);

void add_deltas(db::Tx& tx, const Deltas& deltas);
bool any_delta(db::Tx& tx);
// Takes up to `limit` batches away; empty when there are none. The first statement of a fold.
void lock_fold(db::Tx& tx);
std::vector<std::pair<Spot, int64_t>> take_deltas(db::Tx& tx, int64_t limit);
// Differences of these counters not folded yet, at places within [first, last].
Deltas pending(db::Tx& tx, const std::vector<int64_t>& counters, Code first, Code last);
void add(db::Tx& tx, const Additions& additions);

// What lies exactly at places within [first, last], differences not folded yet included.
Deltas own(db::Tx& tx, const std::vector<int64_t>& counters, Code first, Code last);
// Sums over the codes [from, to] of one dimension ('' the whole): by counter and place.
using Sums = std::map<std::pair<int64_t, Code>, int64_t>;
Sums sums(db::Tx& tx, const std::vector<int64_t>& counters, const std::vector<Code>& places,
          indicator::Code from, indicator::Code to);
// The same at one place for each dimension that begins like this: by the rest of it and counter.
std::map<std::pair<std::string, int64_t>, int64_t> split_sums(db::Tx& tx,
                                                              const std::vector<int64_t>& counters,
                                                              Code place, const std::string& start,
                                                              indicator::Code from,
                                                              indicator::Code to);

void mark_stale(db::Tx& tx, Code place);
struct Stale {
  Code place;
  int64_t marks = 0;
};
std::optional<Stale> any_stale(db::Tx& tx);
void clear_stale(db::Tx& tx, const Stale& stale);  // unless it was marked again meanwhile

// Copies what stands now under the code of an end (engine/indicator/period.h).
void keep_end(db::Tx& tx, int64_t from_counter, int64_t to_counter, indicator::Code end);
void add_end(db::Tx& tx, indicator::Code end, time::Date day);
struct KeptEnds {
  std::map<indicator::Code, time::Date> days;
  time::Date last = 0;  // the last day whose end was kept; 0: none
};
KeptEnds kept_ends(db::Tx& tx);

void save_statistic(db::Tx& tx, const Statistic& statistic);
std::vector<Statistic> statistics_at(db::Tx& tx, Code place);
// Of each of the places that has one, the latest of the key up to the year.
std::map<Code, double> statistics(db::Tx& tx, const std::string& key,
                                  const std::vector<Code>& places, int64_t year);
bool has_statistic_below(db::Tx& tx, const std::string& key, Code place, int64_t year);

// The last revisions of what was handed to a place, and of what a place handed down.
std::vector<HandedTarget> targets_at(db::Tx& tx, Code place);
std::vector<HandedTarget> targets_by(db::Tx& tx, Code place, const std::string& indicator);
std::vector<HandedTarget> targets_by(db::Tx& tx, Code place, const std::string& indicator,
                                     int64_t year);
std::vector<HandedTarget> target_history(db::Tx& tx, Code place, const std::string& indicator);
void add_target(db::Tx& tx, const HandedTarget& made);

void save_report(db::Tx& tx, const Report& report);
// All of a place for an indicator, the oldest first.
std::vector<Report> reports(db::Tx& tx, const std::string& indicator, Code place);
// The report that counts on a day: of the latest period that has begun.
std::optional<Report> report(db::Tx& tx, const std::string& indicator, Code place, time::Date day);
// Those of all places from `first` to `last`.
std::map<Code, Report> latest_reports(db::Tx& tx, const std::string& indicator, Code first,
                                      Code last, time::Date day);
// Those of all indicators of a place.
std::map<std::string, Report> reports_on(db::Tx& tx, Code place, time::Date day);
// The place's reports of periods within [from, to], by indicator, the oldest first.
std::vector<Report> reports_within(db::Tx& tx, Code place, time::Date from, time::Date to);

}  // namespace linli::plans::store
