#include "domain/plans/evaluation.h"

#include <algorithm>

#include "core/csv.h"
#include "core/json.h"
#include "domain/places/api.h"
#include "domain/plans/words.h"

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

Result<std::vector<Assessment>> assess_children(const Scene& scene, std::string_view evaluation,
                                                Code parent, std::optional<time::Date> on) {
  std::vector<Assessment> all;
  for (const places::Reference& child : children_of(scene.tx, parent)) {
    all.push_back(TRY(assess(scene, evaluation, child.code, on)));
  }
  return all;
}

std::string scores_csv(const std::vector<Assessment>& all) {
  const auto number = [](const std::optional<double>& value) {
    return value ? json::write(json::Value(*value)) : std::string();
  };
  csv::Row head = {"evaluation",       "date",  "place", "place_name", "score",
                   "weight_with_data", "weight"};
  if (!all.empty()) {
    for (const Assessment::Part& part : all.front().parts) {
      head.push_back(part.view.indicator->key);
    }
  }
  std::string text = csv::write(head);
  for (const Assessment& one : all) {
    csv::Row row = {one.evaluation->key,         time::format_date(one.date),
                    one.place.code.text(),       one.place.name,
                    number(one.composite.score), number(one.composite.weight),
                    number(one.composite.whole)};
    for (const Assessment::Part& part : one.parts) row.push_back(number(part.degree));
    text += csv::write(row);
  }
  return text;
}

std::optional<std::vector<Standing>> standings(const pack::Indicator& of,
                                               const std::vector<IndicatorAtPlace>& all) {
  const auto fraction = of.value ? indicator::fraction_of(*of.value) : std::nullopt;
  if (!fraction || !is_count(fraction->numerator) || !is_count(fraction->denominator)) {
    return std::nullopt;
  }
  std::vector<Standing> found;
  std::vector<indicator::Trial> trials;
  for (const IndicatorAtPlace& one : all) {
    const double successes = one.view.numerator.value_or(0);
    const double count = one.view.denominator.value_or(0);
    if (successes > count) return std::nullopt;
    found.push_back({successes, count, indicator::wilson(successes, count), {}});
    trials.push_back({successes, count});
  }
  const auto ranks = indicator::ranks_of(trials, of.higher_is_better);
  for (size_t i = 0; i < found.size(); ++i) found[i].rank = ranks[i];
  return found;
}

Result<std::vector<Ranked>> ranking(const Scene& scene, const pack::PlanHeader& plan,
                                    const pack::Indicator& of, Code parent) {
  const std::vector<IndicatorAtPlace> children = indicator_of_children(scene, plan, of, parent);
  const auto found = standings(of, children);
  if (!found) return refuse(ErrorKind::invalid, "ranking.not_a_share", of.key);
  std::vector<Ranked> all;
  for (size_t i = 0; i < children.size(); ++i) all.push_back({children[i].place, (*found)[i]});
  std::stable_sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
    const Standing& one = a.standing;
    const Standing& two = b.standing;
    if (one.rank.has_value() != two.rank.has_value()) return one.rank.has_value();
    if (!one.rank) return false;  // the unranked keep the order of their codes
    return of.higher_is_better ? one.share.value > two.share.value
                               : one.share.value < two.share.value;
  });
  return all;
}

}  // namespace linli::plans
