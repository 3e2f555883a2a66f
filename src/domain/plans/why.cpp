#include "domain/plans/why.h"

#include <algorithm>

#include "domain/places/api.h"

namespace linli::plans {
namespace {

using indicator::Part;
using region::Level;

// Sums of whole things: counts that no part of the expression turns into something else.
bool counts_whole_things(const expr::Expression& numerator) {
  const auto parts = expr::aggregates(numerator);
  return expr::statistics(numerator).empty() && !parts.empty() &&
         std::all_of(parts.begin(), parts.end(),
                     [](const auto& part) { return part->op == expr::Aggregate::Op::count; });
}

void explain_ratio(const pack::Indicator& of, const indicator::Fraction& fraction, Why& why) {
  std::vector<Part> parts;
  std::vector<size_t> which;
  Part sum;
  for (size_t i = 0; i < why.children.size(); ++i) {
    const IndicatorView& view = why.children[i].view;
    if (!view.numerator || !view.denominator) continue;
    parts.push_back({*view.numerator, *view.denominator});
    which.push_back(i);
    sum.numerator += *view.numerator;
    sum.denominator += *view.denominator;
  }
  if (!why.whole.numerator || !why.whole.denominator) return;
  const Part whole{*why.whole.numerator, *why.whole.denominator};
  why.rest = Part{whole.numerator - sum.numerator, whole.denominator - sum.denominator};
  if (!why.whole.goal) return;
  const auto gap = indicator::gap_of(whole, parts, fraction.factor, why.whole.goal->target.value,
                                     !of.higher_is_better, counts_whole_things(fraction.numerator));
  if (!gap) return;
  why.lack = gap->lack;
  for (size_t i = 0; i < which.size(); ++i) why.children[which[i]].pull = gap->pulls[i];
  for (const indicator::Carrier& carrier : gap->carriers) {
    why.carriers.push_back({why.children[which[carrier.part]].place, carrier});
  }
}

void explain_sum(Why& why) {
  if (!why.whole.value) return;
  for (Why::Child& child : why.children) {
    if (child.view.value && *why.whole.value != 0) {
      child.share = *child.view.value / *why.whole.value;
    }
  }
  if (!why.whole.goal) return;
  const double away = why.whole.goal->target.value - *why.whole.value;
  why.lack = std::max(0.0, why.whole.goal->higher_is_better ? away : -away);
}

}  // namespace

Why why(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of, Code place) {
  Why why;
  why.whole = indicators(scene, plan, place, scene.today, &of).front();
  std::vector<IndicatorAtPlace> children = indicator_of_children(scene, plan, of, place);
  const auto standing = standings(of, children);
  for (size_t i = 0; i < children.size(); ++i) {
    IndicatorAtPlace& child = children[i];
    why.children.push_back({child.place, std::move(child.view), {}, {}, {}});
    if (standing) why.children.back().standing = (*standing)[i];
  }
  const auto fraction = of.value ? indicator::fraction_of(*of.value) : std::nullopt;
  if (fraction) {
    explain_ratio(of, *fraction, why);
    // Those that pull the most come first; those without numbers last.
    std::stable_sort(
        why.children.begin(), why.children.end(), [&](const Why::Child& a, const Why::Child& b) {
          if (a.pull.has_value() != b.pull.has_value()) return a.pull.has_value();
          if (!a.pull) return false;
          return of.higher_is_better ? a.pull->pull < b.pull->pull : a.pull->pull > b.pull->pull;
        });
  } else {
    explain_sum(why);
  }
  return why;
}

Result<std::vector<PlacesBehind>> places_behind(const Scene& scene, std::string_view key,
                                                std::string_view part, Code place) {
  if (place.level() < Level::county) {
    return refuse(ErrorKind::invalid, "place.too_wide", place.text());
  }
  const expr::Expression asked = TRY(figure_named(scene.content(), key, part));
  std::vector<PlacesBehind> all;
  for (const auto& aggregate : expr::aggregates(asked)) {
    const bool villages = aggregate->kind == "community";
    const bool townships = aggregate->kind == "township";
    if (!villages && !townships) continue;
    PlacesBehind behind{.text = aggregate->text};
    std::vector<places::Reference> found;
    std::vector<Code> codes;
    places::each(scene.tx, place, villages ? Level::village : Level::township,
                 [&](const places::Place& known) {
                   if (known.status == places::Status::active) {
                     found.push_back({known.code, known.name});
                     codes.push_back(known.code);
                   }
                   return true;
                 });
    const expr::Expression one = expression_of(aggregate);
    Reader reader(scene.tx, scene.services, scene.figures, scene.today);
    reader.load({&one}, codes, MUST(indicator::parse_period("now", scene.today)));
    for (const places::Reference& known : found) {
      const bool counted = reader.value(one, known.code).value_or(0) > 0;
      (counted ? behind.counted : behind.others).push_back(known);
    }
    all.push_back(std::move(behind));
  }
  return all;
}

}  // namespace linli::plans
