#include "domain/plans/quality.h"

#include <algorithm>
#include <cmath>

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
  std::vector<places::Reference> places = {{place, places::name_of(scene.tx, place)}};
  for (const places::Reference& child : children_of(scene.tx, place)) places.push_back(child);
  std::vector<Code> codes;
  for (const places::Reference& known : places) codes.push_back(known.code);
  std::vector<const expr::Expression*> figures;
  for (const pack::Indicator& known : scene.content().indicators) {
    if (known.plan == plan.key && known.value) figures.push_back(&*known.value);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(figures, codes, period_on(scene.today, scene.today));
  std::vector<Conflict> found;
  for (const pack::Indicator& known : scene.content().indicators) {
    if (known.plan != plan.key || !known.value) continue;
    for (const places::Reference& at : places) {
      const auto report = store::report(scene.tx, known.key, at.code, scene.today / 10000);
      if (!report || report->year != scene.today / 10000) continue;
      const auto computed = reader.value(*known.value, at.code);
      if (computed && !same(*computed, report->value)) {
        found.push_back({&known, at, *computed, *report});
      }
    }
  }
  return found;
}

}  // namespace linli::plans
