#include "engine/pack/plan_content.h"

#include "core/time.h"
#include "engine/pack/facts.h"

namespace linli::pack {
namespace {

template <class Items, class Make>
json::Value list_of(const Items& items, Make make) {
  json::Array out;
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

json::Value date(time::Date day) {
  return day == 0 ? json::Value() : json::Value(time::format_date(day));
}

json::Value text(const std::optional<expr::Expression>& expression) {
  return expression ? json::Value(expression->source) : json::Value();
}

template <class Number>
json::Value number(const std::optional<Number>& value) {
  return value ? json::Value(*value) : json::Value();
}

json::Value definition(const Definition& given) {
  json::Value out = json::Object{{"key", given.key}};
  out.set("name", to_json(given.name));
  out.set("description", to_json(given.description));
  out.set("capabilities",
          list_of(given.capabilities, [](const std::string& id) { return json::Value(id); }));
  json::Value source = json::Object{};
  for (const auto& [plan, where] : given.source) source.set(plan, where);
  out.set("source", std::move(source));
  return out;
}

json::Value baseline(const Baseline& given) {
  json::Value out = json::Object{{"year", given.year}};
  out.set("value", number(given.value));
  out.set("comparator", name_of(given.comparator));
  out.set("printed", given.printed);
  out.set("note", to_json(given.note));
  return out;
}

json::Value target(const Target& given) {
  json::Value out = json::Object{{"year", given.year}};
  out.set("due", date(given.due));
  out.set("repeat", given.repeat);
  out.set("comparator", name_of(given.comparator));
  out.set("value", given.value);
  out.set("upper", number(given.upper));
  out.set("qualifier", given.qualifier);
  out.set("printed", given.printed);
  out.set("note", to_json(given.note));
  return out;
}

json::Value milestone(const Milestone& given) {
  json::Value out = json::Object{};
  out.set("due", date(given.due));
  out.set("value", given.value);
  return out;
}

json::Value limits(const Limits& given) {
  json::Value out = json::Object{};
  out.set("minimum", number(given.minimum));
  out.set("maximum", number(given.maximum));
  out.set("change", number(given.change));
  return out;
}

std::string_view attribute(const Indicator& indicator) {
  if (!indicator.attribute_printed) return "none";
  return indicator.binding ? "binding" : "anticipatory";
}

json::Value indicator(const Indicator& given) {
  json::Value out = definition(given);
  out.set("number", given.number);
  out.set("main", given.main);
  out.set("unit", given.unit);
  out.set("better", given.higher_is_better ? "higher" : "lower");
  out.set("attribute", attribute(given));
  out.set("value_source", name_of(given.source_of_value));
  out.set("expression", text(given.value));
  out.set("scope", to_json(given.scope));
  out.set("numerator", to_json(given.numerator));
  out.set("denominator", to_json(given.denominator));
  out.set("baseline", list_of(given.baselines, baseline));
  out.set("target", list_of(given.targets, target));
  out.set("result", list_of(given.results, baseline));
  out.set("pace", name_of(given.pace));
  out.set("path", list_of(given.path, milestone));
  out.set("every", given.every);
  out.set("limits", limits(given.limits));
  out.set("note", to_json(given.note));
  return out;
}

json::Value standard(const Standard& given) {
  json::Value out = definition(given);
  out.set("of", given.of);
  out.set("when", text(given.when));
  out.set("value", given.value.source);
  out.set("minimum", text(given.minimum));
  out.set("maximum", text(given.maximum));
  out.set("unit", given.unit);
  out.set("limit", given.limit);
  out.set("printed", given.printed);
  out.set("per", to_json(given.per));
  out.set("valid_from", date(given.valid_from));
  out.set("valid_to", date(given.valid_to));
  out.set("note", to_json(given.note));
  return out;
}

json::Value circle(const Circle& given) {
  json::Value out = definition(given);
  out.set("mode", given.mode);
  out.set("minutes", to_json(given.minutes));
  out.set("needs", needs_of(given));
  json::Array groups(given.groups.begin(), given.groups.end());
  out.set("groups", std::move(groups));
  json::Value profiles = json::Object{};
  for (const auto& [group, profile] : given.profiles) profiles.set(group, profile);
  out.set("profiles", std::move(profiles));
  out.set("note", to_json(given.note));
  return out;
}

json::Value weight(const std::pair<std::string, double>& given) {
  json::Value out = json::Object{{"indicator", given.first}};
  out.set("weight", given.second);
  return out;
}

json::Value evaluation(const Evaluation& given) {
  json::Value out = definition(given);
  out.set("kind", given.kind);
  out.set("on", date(given.on));
  out.set("weights", list_of(given.weights, weight));
  return out;
}

template <class Items, class Make>
json::Value of_plan(const Items& items, const std::string& plan, Make make) {
  json::Array out;
  for (const auto& item : items) {
    if (item.plan == plan) out.push_back(make(item));
  }
  return out;
}

}  // namespace

json::Value plan_content(const Content& content, const PlanHeader& plan) {
  json::Value header = definition(plan);
  header.set("pack", plan.pack);
  header.set("document", plan.document);
  header.set("status", plan.status);
  header.set("issued", date(plan.issued));
  header.set("years", json::Array{plan.first_year, plan.last_year});
  header.set("territory", plan.territory.text());
  header.set("follows", plan.follows);
  json::Value out = json::Object{};
  out.set("plan", std::move(header));
  out.set("indicators", of_plan(content.indicators, plan.key, indicator));
  out.set("standards", of_plan(content.standards, plan.key, standard));
  out.set("circles", of_plan(content.circles, plan.key, circle));
  out.set("evaluations", of_plan(content.evaluations, plan.key, evaluation));
  return out;
}

}  // namespace linli::pack
