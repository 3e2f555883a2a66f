#include "domain/plans/quality.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "domain/places/api.h"
#include "domain/plans/store.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

std::vector<Quality> qualities(const Scene& scene, const std::vector<places::Reference>& places) {
  std::vector<const expr::Expression*> figures;
  for (const pack::Check& check : scene.content().checks) {
    figures.push_back(&check.of);
    figures.push_back(&check.wrong);
  }
  std::vector<Code> codes;
  for (const places::Reference& place : places) codes.push_back(place.code);
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(figures, codes, MUST(indicator::parse_period("now", scene.today)));
  std::vector<Quality> all;
  for (const places::Reference& place : places) {
    Quality made{.place = place};
    double asked = 0;
    double wrong = 0;
    for (const pack::Check& check : scene.content().checks) {
      CheckView view{&check, reader.value(check.of, place.code),
                     reader.value(check.wrong, place.code)};
      if (view.of && view.wrong && check.severity != pack::Severity::notice) {
        asked += *view.of;
        wrong += *view.wrong;
      }
      made.checks.push_back(view);
    }
    if (asked > 0) made.completeness = std::clamp(1 - wrong / asked, 0.0, 1.0);
    made.timeliness = store::timeliness(scene.tx, place.code, scene.today);
    all.push_back(std::move(made));
  }
  return all;
}

bool same(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

Quality quality(const Scene& scene, Code place) {
  return qualities(scene, {{place, places::name_of(scene.tx, place)}}).front();
}

std::vector<Quality> quality_of_children(const Scene& scene, Code parent) {
  return qualities(scene, children_of(scene.tx, parent));
}

std::vector<Conflict> conflicts(const Scene& scene, const pack::PlanHeader& plan, Code place) {
  std::map<std::string_view, const pack::Indicator*> computed;
  for (const pack::Indicator& known : scene.content().indicators) {
    if (known.plan == plan.key && known.value) computed[known.key] = &known;
  }
  std::vector<places::Reference> places = {{place, places::name_of(scene.tx, place)}};
  for (const places::Reference& child : children_of(scene.tx, place)) places.push_back(child);
  struct Told {
    const pack::Indicator* indicator = nullptr;
    places::Reference at;
    Report report;
  };
  std::map<time::Date, std::vector<Told>> by_end;  // of the periods of this year
  const int64_t year = scene.today / 10000;
  for (const places::Reference& at : places) {
    for (Report& report :
         store::reports_within(scene.tx, at.code, year * 10000 + 101, year * 10000 + 1231)) {
      const auto of = computed.find(report.indicator);
      if (of == computed.end() || report.period.from > scene.today) continue;
      by_end[report.period.to].push_back({of->second, at, std::move(report)});
    }
  }
  std::vector<Conflict> found;
  for (auto& [end, all] : by_end) {
    std::vector<const expr::Expression*> figures;
    std::vector<Code> codes;
    for (const Told& told : all) {
      figures.push_back(&*told.indicator->value);
      codes.push_back(told.at.code);
    }
    Reader reader(scene.tx, scene.services, scene.figures, scene.today);
    reader.load(figures, codes, period_on(end, scene.today));
    for (Told& told : all) {
      const auto value = reader.value(*told.indicator->value, told.at.code);
      if (value && !same(*value, told.report.value)) {
        found.push_back({told.indicator, told.at, *value, std::move(told.report)});
      }
    }
  }
  return found;
}

}  // namespace linli::plans
