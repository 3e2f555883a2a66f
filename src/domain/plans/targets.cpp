#include "domain/plans/targets.h"

#include <algorithm>
#include <cmath>

#include "domain/plans/store.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

using indicator::Goal;
using indicator::Method;

double slack_of(const pack::Indicator& of) {
  return 0.5 * std::pow(10, -of.decimals) + 1e-9;
}

bool is_fewer(const pack::Indicator& of) {
  return !of.higher_is_better;
}

// Fills what the parts come to, and whether that is the total.
void sum_up(const pack::Indicator& of, Handing& handing) {
  handing.sum.reset();
  handing.fits = false;
  std::vector<double> targets;
  std::vector<double> denominators;
  bool denominators_known = true;
  bool all_reach = true;
  for (const Handing::Part& part : handing.parts) {
    if (!part.target) return;
    targets.push_back(*part.target);
    denominators.push_back(part.denominator.value_or(0));
    denominators_known = denominators_known && part.denominator.has_value();
    const double beyond = *part.target - handing.total.value_or(0);
    all_reach = all_reach && (is_fewer(of) ? beyond <= 1e-9 : beyond >= -1e-9);
  }
  if (targets.empty()) return;
  if (!handing.ratio) {
    double sum = 0;
    for (const double target : targets) sum += target;
    handing.sum = sum;
    handing.fits = handing.total && std::abs(sum - *handing.total) <= slack_of(of);
    return;
  }
  if (denominators_known) handing.sum = indicator::weighed(targets, denominators);
  if (!handing.total) return;
  const bool whole_reaches =
      handing.sum && (is_fewer(of) ? *handing.sum <= *handing.total + slack_of(of)
                                   : *handing.sum >= *handing.total - slack_of(of));
  handing.fits = all_reach || whole_reaches;
}

Result<std::vector<double>> weights_of(const Scene& scene, const Handing& handing,
                                       const std::string& key) {
  std::vector<double> weights(handing.parts.size(), 1.0);
  if (key.empty()) return weights;
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  std::vector<Code> codes;
  for (const Handing::Part& part : handing.parts) codes.push_back(part.place.code);
  const auto& statistics = scene.content().statistics;
  const bool outside = std::any_of(statistics.begin(), statistics.end(),
                                   [&](const auto& known) { return known.key == key; });
  std::optional<expr::Expression> figure;
  if (!outside) figure = TRY(figure_named(scene.content(), key, ""));
  reader.load(figure ? std::vector<const expr::Expression*>{&*figure}
                     : std::vector<const expr::Expression*>{},
              codes, MUST(indicator::parse_period("now", scene.today)));
  for (size_t i = 0; i < codes.size(); ++i) {
    const auto weight = figure ? reader.value(*figure, codes[i]) : reader.statistic(key, codes[i]);
    if (!weight || *weight < 0) {
      return refuse(ErrorKind::invalid, "target.no_weight", codes[i].text());
    }
    weights[i] = *weight;
  }
  return weights;
}

std::vector<double> values_of(const Handing& handing, double missing) {
  std::vector<double> values;
  for (const Handing::Part& part : handing.parts) values.push_back(part.value.value_or(missing));
  return values;
}

}  // namespace

bool is_ratio(const pack::Indicator& indicator) {
  if (indicator.value) return indicator::fraction_of(*indicator.value).has_value();
  return indicator.unit.find('%') != std::string::npos ||
         indicator.unit.find("per ") != std::string::npos;
}

Goal goal_of(const HandedTarget& handed, const pack::Indicator& indicator,
             const std::optional<Goal>& of_plan) {
  Goal goal;
  if (of_plan) goal = *of_plan;
  goal.higher_is_better = indicator.higher_is_better;
  if (!of_plan && !indicator.higher_is_better) goal.target.comparator = pack::Comparator::at_most;
  goal.target.value = handed.value;
  goal.target.upper.reset();
  if (goal.target.comparator == pack::Comparator::between) {
    goal.target.comparator = pack::Comparator::at_least;
  }
  goal.target.printed.clear();
  if (goal.due / 10000 != handed.year) goal.due = handed.year * 10000 + 1231;
  goal.path.clear();
  if (goal.pace == pack::Pace::path) goal.pace = pack::Pace::linear;
  if (goal.target.repeat.empty()) {
    goal.start.reset();
    if (handed.start_value) goal.start = indicator::Start{*handed.start_value, handed.start_day};
  }
  return goal;
}

const HandedTarget* handed_on(const std::vector<HandedTarget>& all, std::string_view indicator,
                              time::Date day) {
  const HandedTarget* next = nullptr;
  const HandedTarget* last = nullptr;
  for (const HandedTarget& handed : all) {
    if (handed.indicator != indicator) continue;
    if (handed.year >= day / 10000 && (next == nullptr || handed.year < next->year)) next = &handed;
    if (last == nullptr || handed.year > last->year) last = &handed;
  }
  return next != nullptr ? next : last;
}

Handing handing(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of,
                Code place, int64_t year) {
  Handing found{.place = place, .year = year, .ratio = is_ratio(of)};
  const time::Date in_year = std::max(scene.today, year * 10000 + 101);
  const auto own = store::targets_at(scene.tx, place);
  const HandedTarget* handed = handed_on(own, of.key, in_year);
  const auto of_plan = indicator::goal_on(of, plan, in_year);
  if (handed != nullptr && handed->year == year) {
    found.total = handed->value;
  } else if (of_plan && of_plan->due / 10000 == year && plan.territory.contains(place) &&
             (found.ratio || place == plan.territory)) {
    found.total = of_plan->target.value;
  }
  std::map<Code, double> targets;
  for (const HandedTarget& down : store::targets_by(scene.tx, place, of.key, year)) {
    targets[down.place] = down.value;
    found.revision = std::max(found.revision, down.revision);
  }
  for (const IndicatorAtPlace& child : indicator_of_children(scene, plan, of, place)) {
    const auto target = targets.find(child.place.code);
    found.parts.push_back({child.place, child.view.value,
                           found.ratio ? child.view.denominator : std::optional<double>(),
                           target == targets.end() ? std::nullopt : std::optional(target->second)});
  }
  sum_up(of, found);
  return found;
}

Result<Handing> propose(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of,
                        Code place, int64_t year, const Division& division) {
  Handing made = handing(scene, plan, of, place, year);
  if (division.total) made.total = division.total;
  if (!made.total) return refuse(ErrorKind::invalid, "target.no_total", of.key);
  if (made.ratio && division.method == Method::weight) {
    return refuse(ErrorKind::invalid, "target.ratio_has_no_weight", of.key);
  }
  std::vector<double> targets;
  if (made.ratio) {
    targets.assign(made.parts.size(), *made.total);
    if (division.method == Method::gap) {
      std::vector<double> denominators;
      for (const Handing::Part& part : made.parts) {
        denominators.push_back(part.denominator.value_or(0));
      }
      targets = indicator::approach(*made.total, values_of(made, *made.total), denominators,
                                    is_fewer(of), of.decimals);
    }
  } else {
    const std::vector<double> weights = TRY(weights_of(scene, made, division.weight));
    if (division.method == Method::weight && division.weight.empty()) {
      return refuse(ErrorKind::invalid, "target.no_weight", of.key);
    }
    targets = division.method == Method::gap
                  ? indicator::share_gap(*made.total, values_of(made, 0), weights, of.decimals)
                  : indicator::share_out(*made.total, weights, of.decimals);
  }
  for (size_t i = 0; i < made.parts.size(); ++i) made.parts[i].target = targets[i];
  sum_up(of, made);
  return made;
}

Result<Handing> hand_down(const Scene& scene, const pack::PlanHeader& plan,
                          const pack::Indicator& of, Code place, int64_t year,
                          const HandDown& wanted, const host::Actor& actor, time::Instant now) {
  Handing made = handing(scene, plan, of, place, year);
  if (made.revision != wanted.revision) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile", of.key);
  }
  if (wanted.total) made.total = wanted.total;
  if (!made.total) return refuse(ErrorKind::invalid, "target.no_total", of.key);
  const int64_t revision = made.revision + 1;
  size_t named = 0;
  std::vector<HandedTarget> changed;
  for (Handing::Part& part : made.parts) {
    const auto value = wanted.values.find(part.place.code);
    if (value == wanted.values.end()) continue;
    ++named;
    if (part.target == value->second) continue;
    part.target = value->second;
    changed.push_back({.indicator = of.key,
                       .place = part.place.code,
                       .year = year,
                       .revision = revision,
                       .value = value->second,
                       .start_value = part.value,
                       .start_day = scene.today,
                       .method = wanted.method,
                       .handed_by = place,
                       .reason = wanted.reason,
                       .actor_id = actor.account_id,
                       .actor_name = actor.name,
                       .at = now});
  }
  if (named != made.parts.size() || named != wanted.values.size()) {
    return refuse(ErrorKind::invalid, "target.children_differ", of.key);
  }
  sum_up(of, made);
  if (!made.fits) return refuse(ErrorKind::invalid, "target.sum_differs", of.key);
  for (const HandedTarget& target : changed) store::add_target(scene.tx, target);
  if (!changed.empty()) made.revision = revision;
  return made;
}

}  // namespace linli::plans
