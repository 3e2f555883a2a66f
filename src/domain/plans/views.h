// What the pages of figures show: measures, plans, statistics, service figures.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/places/types.h"
#include "domain/plans/reader.h"
#include "domain/plans/types.h"
#include "engine/indicator/target.h"

namespace linli::plans {

// What a view is asked over.
struct Scene {
  db::Tx& tx;
  const host::Services& services;
  Figures& figures;
  time::Date today = 0;
  const pack::Content& content() const { return *services.content; }
};

struct Word {  // one value of a split field
  std::string key;
  pack::Text name;
  std::optional<double> value;
};
struct MeasureView {
  const pack::Measure* measure = nullptr;
  std::optional<double> value;
  std::vector<std::pair<std::string, std::vector<Word>>> by;
};
// Refuses `measure.unknown`, and `measure.not_split` when a measure is not kept by the field.
Result<std::vector<MeasureView>> measures(const Scene& scene, const std::vector<std::string>& keys,
                                          Code place, const indicator::Period& period,
                                          const std::vector<std::string>& by, Territory territory);
struct PlaceView {
  places::Reference place;
  std::vector<std::optional<double>> values;  // in the order of the keys
};
Result<std::vector<PlaceView>> measures_of_children(const Scene& scene,
                                                    const std::vector<std::string>& keys,
                                                    Code parent, const indicator::Period& period,
                                                    Territory territory);

struct IndicatorView {
  const pack::Indicator* indicator = nullptr;
  std::optional<double> value;
  std::optional<double> numerator;
  std::optional<double> denominator;
  std::optional<Report> report;             // the value's, when it is reported
  const pack::Target* target = nullptr;     // the plan's printed one that counts on the day
  std::optional<HandedTarget> handed;       // to the place, in the place of the plan's
  std::optional<indicator::Goal> goal;      // of what was handed down, else of the plan
  std::optional<indicator::Status> status;  // none without a goal
  std::optional<double> expected;           // where the value should be on the day
  std::optional<double> progress;
};
// The first plan that has the indicators of a key; refuses `plan.unknown`, `indicator.unknown`.
Result<const pack::PlanHeader*> find_plan(const pack::Content& content, std::string_view key);
Result<const pack::Indicator*> find_indicator(const pack::Content& content, std::string_view plan,
                                              std::string_view key);
// What an indicator is asked over on a date: flows of the year up to it, stocks at its month's end.
indicator::Period period_on(time::Date date, time::Date today);
std::vector<IndicatorView> indicators(const Scene& scene, const pack::PlanHeader& plan, Code place,
                                      time::Date date, const pack::Indicator* only = nullptr);
struct IndicatorAtPlace {
  places::Reference place;
  IndicatorView view;
};
std::vector<IndicatorAtPlace> indicator_of_children(const Scene& scene,
                                                    const pack::PlanHeader& plan,
                                                    const pack::Indicator& indicator, Code parent);
// An indicator's values at any places, today and in their order; without what they are to reach.
std::vector<IndicatorView> indicator_at(const Scene& scene, const pack::Indicator& indicator,
                                        const std::vector<Code>& places);
// The records behind a figure: one list for each of its aggregates.
struct RecordsView {
  std::string subject;  // register, case or place
  std::string kind;
  std::string where;
  std::string link;
  std::optional<double> count;
};
// The expression of a measure, an indicator or a check (what is wrong; as denominator what it is
// asked of). `part` is numerator, denominator or empty for all. Refuses `figure.unknown`.
Result<expr::Expression> figure_named(const pack::Content& content, std::string_view key,
                                      std::string_view part);
expr::Expression expression_of(const std::shared_ptr<const expr::Aggregate>& aggregate);
Result<std::vector<RecordsView>> records_behind(const Scene& scene, std::string_view key,
                                                std::string_view part, Code place,
                                                const indicator::Period& period);

struct StatisticView {
  const pack::Statistic* statistic = nullptr;
  std::optional<double> value;   // own, or the sum of all children
  std::optional<Statistic> own;  // the latest of this place itself
};
std::vector<StatisticView> statistics(const Scene& scene, Code place);

struct Rate {
  const pack::Measure* measure = nullptr;
  std::optional<double> value;
  std::optional<double> numerator;
  std::optional<double> denominator;
};
struct ServiceFigures {
  std::vector<std::pair<std::string, Rate>> rates;  // name on the wire → figures
  // Field (subject, kind, unit) → its words, each with the values of all rates in their order.
  struct Row {
    std::string key;
    pack::Text name;
    std::vector<std::optional<double>> values;
  };
  std::vector<std::pair<std::string, std::vector<Row>>> by;
};
ServiceFigures service_figures(const Scene& scene, Code place, const indicator::Period& period);

// What everybody may see: the measures with `public_from`, in the packs' order.
struct PublicFigure {
  Rate rate;
  bool too_few = false;  // too little is counted here to be shown; the rate is empty
};
std::vector<PublicFigure> public_figures(const Scene& scene, Code place,
                                         const indicator::Period& period);

}  // namespace linli::plans
