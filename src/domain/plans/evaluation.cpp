#include "domain/plans/evaluation.h"

#include <algorithm>

#include "domain/places/api.h"

namespace linli::plans {
namespace {

bool is_count(const expr::Expression& side) {
  const auto parts = expr::aggregates(side);
  return expr::statistics(side).empty() && parts.size() == 1 &&
         parts.front()->op == expr::Aggregate::Op::count && side.root->op == expr::Op::aggregate;
}

}  // namespace

Result<Assessment> assess(const Scene& scene, std::string_view key, Code place,
                          std::optional<time::Date> on) {
  const pack::Evaluation* evaluation = scene.content().evaluation(key);
  if (evaluation == nullptr) {
    return refuse(ErrorKind::not_found, "evaluation.unknown", std::string(key));
  }
  const pack::PlanHeader* plan = TRY(find_plan(scene.content(), evaluation->plan));
  Assessment made{.evaluation = evaluation,
                  .place = {place, places::name_of(scene.tx, place)},
                  .date = std::min(on.value_or(evaluation->on), scene.today)};
  std::vector<indicator::Weighted> weighted;
  for (const IndicatorView& view : indicators(scene, *plan, place, made.date)) {
    for (const auto& [indicator, weight] : evaluation->weights) {
      if (indicator != view.indicator->key) continue;
      Assessment::Part part{view, weight, {}};
      if (view.goal) part.degree = indicator::degree_of(*view.goal, view.value);
      weighted.push_back({weight, part.degree});
      made.parts.push_back(std::move(part));
    }
  }
  made.composite = indicator::composite_of(weighted);
  return made;
}

Result<std::vector<Ranked>> ranking(const Scene& scene, const pack::PlanHeader& plan,
                                    const pack::Indicator& of, Code parent) {
  const auto fraction = of.value ? indicator::fraction_of(*of.value) : std::nullopt;
  if (!fraction || !is_count(fraction->numerator) || !is_count(fraction->denominator)) {
    return refuse(ErrorKind::invalid, "ranking.not_a_share", of.key);
  }
  std::vector<Ranked> all;
  std::vector<indicator::Trial> trials;
  for (const IndicatorAtPlace& child : indicator_of_children(scene, plan, of, parent)) {
    const double successes = child.view.numerator.value_or(0);
    const double count = child.view.denominator.value_or(0);
    if (successes > count) return refuse(ErrorKind::invalid, "ranking.not_a_share", of.key);
    all.push_back({child.place, successes, count, indicator::wilson(successes, count), {}});
    trials.push_back({successes, count});
  }
  const auto ranks = indicator::ranks_of(trials, of.higher_is_better);
  for (size_t i = 0; i < all.size(); ++i) all[i].rank = ranks[i];
  std::stable_sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
    if (a.rank.has_value() != b.rank.has_value()) return a.rank.has_value();
    if (!a.rank) return false;  // the unranked keep the order of their codes
    return of.higher_is_better ? a.share.value > b.share.value : a.share.value < b.share.value;
  });
  return all;
}

}  // namespace linli::plans
