// Figures as packs define them: measures, plans with their indicators and targets, standards,
// circles, checks of data quality and evaluations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/expr/expression.h"
#include "core/region.h"
#include "core/time.h"
#include "engine/pack/definition.h"

namespace linli::pack {

// A figure that packs name: an expression over aggregates (docs/formats/expressions.md).
struct Measure : Definition {
  expr::Expression value;
  std::string unit;             // "%", "m2", "count"
  std::vector<std::string> by;  // dimensions: fields of the aggregated kind
  int64_t public_from = 0;      // shown to everybody where so many are counted; 0: to nobody
};

enum class Comparator { at_least, more_than, at_most, less_than, equal, between };
// A, M, H; `rule`: a number that the plan fixes for others to act by, which nothing measures.
enum class ValueSource { computed, partly_delivered, reported, rule };
std::string_view name_of(Comparator comparator);
std::string_view name_of(ValueSource source);

struct Target {
  int year = 0;  // due at its end, unless `due` is set
  time::Date due = 0;
  std::string repeat;  // "", yearly, monthly, always
  Comparator comparator = Comparator::at_least;
  double value = 0;
  std::optional<double> upper;  // of between
  std::string qualifier;        // "", strive, basically, about, full_coverage
  std::string printed;          // as the plan prints it: "≥ 18", "80"
  Text note;
};

struct Baseline {
  int year = 0;
  std::optional<double> value;  // none: the plan prints "–"
  Comparator comparator = Comparator::equal;
  std::string printed;
  Text note;
};

// How a value is expected to go from the baseline to the target.
enum class Pace { linear, seasonal, path };
std::string_view name_of(Pace pace);
struct Milestone {  // of a stated path
  time::Date due = 0;
  double value = 0;
};

// What a reported value must keep (minimum, maximum), and how far it may usually be from the one
// before it, in percent, before it is marked as an outlier.
struct Limits {
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> change;
};

struct Indicator : Definition {
  std::string plan;    // pingliang
  std::string number;  // "7", "PL-b4"
  bool main = true;    // a row of the plan's main table
  std::string unit;
  bool higher_is_better = true;
  bool binding = false;                   // 约束性
  std::optional<bool> attribute_printed;  // none: the plan prints no attribute
  ValueSource source_of_value = ValueSource::computed;
  std::optional<expr::Expression> value;  // none: reported with evidence
  Text scope;                             // whom or which places it is about
  Text numerator;
  Text denominator;
  std::vector<Baseline> baselines;
  std::vector<Target> targets;
  std::vector<Baseline> results;  // what a plan that has ended says was reached
  Text note;
  Pace pace = Pace::linear;
  std::vector<Milestone> path;  // ascending; of Pace::path
  std::string every = "year";   // how often it is reported: month, quarter, half_year, year
  Limits limits;
  int decimals = 2;  // of handed-down targets and of what reports print
};

struct Statistic : Definition {  // a number from outside, per place and year
  std::string unit;
};

// A check of data quality: how many records it is asked of, and how many of them are wrong.
enum class Severity { error, warning, notice };
std::string_view name_of(Severity severity);
struct Check : Definition {
  Severity severity = Severity::warning;
  expr::Expression of;
  expr::Expression wrong;
  Text remedy;
};

// How a plan is assessed on a day: which indicators count, with which weight.
struct Evaluation : Definition {
  std::string plan;
  std::string kind;  // yearly, mid_term, final, special
  time::Date on = 0;
  std::vector<std::pair<std::string, double>> weights;  // indicator → weight
};

// What there has to be, by a plan: square metres, households of a grid. Held against places
// (community, township, grid, micro_grid: `value` is a figure) or against the records of a register
// (`value` is an expression over one record).
struct Standard : Definition {
  std::string plan;
  std::string of;  // community, township, grid, micro_grid or a register's key
  std::optional<expr::Expression> when;  // of which of them; none: of all
  expr::Expression value;                // what there is
  std::optional<expr::Expression> minimum;
  std::optional<expr::Expression> maximum;
  std::string unit;
  double limit = 0;     // the number that the plan prints: 30
  std::string printed;  // as it prints it: "≥ 30"
  Text per;             // of what: per 100 households
  time::Date valid_from = 0;
  time::Date valid_to = 0;  // 0: until further notice
  Text note;
  bool of_places() const;
};

// Residents whose reach is asked: everyone, those under three, those of 75 and over.
struct ResidentGroup : Definition {
  expr::Expression value;  // over the register person: who belongs to it
};

// Minutes of a circle or of one of its needs; none: the plan sets no time for such places.
struct CircleMinutes {
  std::optional<int> urban;
  std::optional<int> rural;
  std::optional<int> in(std::optional<bool> is_urban) const;  // none where that is not known
};

// A service that must be in reach: at least `minimum` facilities of any of the kinds.
struct CircleNeed {
  std::string key;
  Text name;
  std::vector<std::string> kinds;
  int minimum = 1;
  CircleMinutes minutes;  // the circle's own where the need says nothing
  // The group that shares the places (capacity) of these facilities: whether there is room for
  // them is counted too. Empty: it is not.
  std::string room_for;
};

struct Circle : Definition {
  std::string plan;
  std::string mode;  // a travel_profile: walk
  CircleMinutes minutes;
  std::vector<CircleNeed> needs;    // none: not said
  std::vector<std::string> groups;  // in the order of the packs
  // Those of a group travel otherwise than by `mode`; of several groups the first counts.
  std::vector<std::pair<std::string, std::string>> profiles;
  Text note;
  const CircleNeed* need(std::string_view key) const;
};

// Facilities that a plan wants side by side: childcare and elderly care.
struct Colocation : Definition {
  std::string plan;
  std::vector<std::string> kinds;   // of these,
  std::vector<std::string> beside;  // each should have one of these
  double metres = 0;                // so near; or both are housed in one
  Text note;
};

// The lists that circles make by themselves, for fields of registers that a module computes:
// `circle`, `circle_need` (with `complete`: all of a circle's needs) and `resident_group`.
inline constexpr std::string_view kComplete = "complete";

struct PlanHeader : Definition {  // a plan as a document
  std::string document;           // 平政办发〔2022〕85号
  std::string status;             // issued, draft
  std::string follows;            // the plan of the period before, or empty
  time::Date issued = 0;
  int first_year = 0;
  int last_year = 0;
  region::Code territory;
};

}  // namespace linli::pack
