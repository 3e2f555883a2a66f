#include "engine/pack/facts.h"

namespace linli::pack {
namespace {

template <class Items, class Make>
json::Value list_of(const Items& items, Make make) {
  json::Array out;
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

json::Value words(const std::vector<std::string>& all) {
  return list_of(all, [](const std::string& word) { return json::Value(word); });
}

json::Value common(const Definition& definition) {
  json::Value out = json::Object{{"key", definition.key}};
  out.set("name", to_json(definition.name));
  if (!definition.description.zh.empty()) {
    out.set("description", to_json(definition.description));
  }
  return out;
}

std::string_view name_of(Sensitivity sensitive) {
  switch (sensitive) {
    case Sensitivity::identity:
      return "identity";
    case Sensitivity::contact:
      return "contact";
    case Sensitivity::open:
      break;
  }
  return "open";
}

json::Value fields(const std::vector<Field>& all) {
  return list_of(all, [](const Field& field) { return to_json(field); });
}

json::Value list_facts(const ChoiceList& list) {
  json::Value out = common(list);
  out.set("choices", list_of(list.choices, [](const Choice& choice) {
            json::Value item = json::Object{{"key", choice.key}};
            item.set("name", to_json(choice.name));
            if (!choice.parent.empty()) item.set("parent", choice.parent);
            json::Value attributes = json::Object{};
            for (const auto& [name, value] : choice.attributes) attributes.set(name, value);
            if (!choice.attributes.empty()) item.set("attributes", std::move(attributes));
            return item;
          }));
  return out;
}

json::Value register_facts(const Register& kind) {
  json::Value out = common(kind);
  out.set("title", kind.title);
  out.set("symbol", kind.symbol);
  if (!kind.computed_by.empty()) out.set("computed_by", kind.computed_by);
  out.set("fields", fields(kind.fields));
  out.set("labels", list_of(kind.labels, [](const Label& label) {
            json::Value item = json::Object{{"key", label.key}};
            item.set("name", to_json(label.name));
            item.set("evidence_required", label.evidence_required);
            item.set("see", words(label.see));
            return item;
          }));
  out.set("derived", list_of(kind.derived, [](const Derived& derived) {
            json::Value item = json::Object{{"name", derived.name}};
            item.set("label", to_json(derived.label));
            item.set("type", expr::name_of(derived.value.type));
            return item;
          }));
  return out;
}

json::Value case_facts(const CaseKind& kind) {
  json::Value out = common(kind);
  out.set("form", fields(kind.form));
  out.set("stages", list_of(kind.stages, [](const Stage& stage) {
            json::Value item = json::Object{{"key", stage.key}};
            item.set("name", to_json(stage.name));
            item.set("resident_name", to_json(stage.resident_name));
            item.set("terminal", stage.terminal);
            return item;
          }));
  out.set("reopen_days", int64_t{kind.reopen_days});
  return out;
}

json::Value role_facts(const Role& role) {
  json::Value out = common(role);
  json::Array levels;
  for (const region::Level level : role.levels) levels.emplace_back(region::name_of(level));
  out.set("levels", std::move(levels));
  return out;
}

json::Value plan_facts(const PlanHeader& plan) {
  json::Value out = common(plan);
  out.set("document", plan.document);
  out.set("status", plan.status);
  out.set("years", json::Array{plan.first_year, plan.last_year});
  out.set("territory", plan.territory.text());
  return out;
}

json::Value measure_facts(const Measure& measure) {
  json::Value out = common(measure);
  out.set("unit", measure.unit);
  out.set("by", words(measure.by));
  return out;
}

json::Value circle_facts(const Circle& circle) {
  json::Value out = common(circle);
  out.set("plan", circle.plan);
  out.set("mode", circle.mode);
  out.set("minutes", to_json(circle.minutes));
  out.set("needs", needs_of(circle));
  out.set("groups", words(circle.groups));
  return out;
}

json::Value statistic_facts(const Statistic& statistic) {
  json::Value out = common(statistic);
  out.set("unit", statistic.unit);
  return out;
}

}  // namespace

json::Value to_json(const Text& text) {
  return json::Object{{"zh", text.zh}, {"en", text.en}};
}

json::Value to_json(const CircleMinutes& minutes) {
  const auto number = [](std::optional<int> of) {
    return of ? json::Value(int64_t{*of}) : json::Value();
  };
  return json::Object{{"urban", number(minutes.urban)}, {"rural", number(minutes.rural)}};
}

json::Value needs_of(const Circle& circle) {
  return list_of(circle.needs, [](const CircleNeed& need) {
    json::Value item = json::Object{{"key", need.key}};
    item.set("name", to_json(need.name));
    item.set("kinds", words(need.kinds));
    item.set("minimum", int64_t{need.minimum});
    item.set("minutes", to_json(need.minutes));
    if (!need.room_for.empty()) item.set("room_for", need.room_for);
    return item;
  });
}

json::Value to_json(const Field& field) {
  json::Value out = json::Object{{"name", field.name}};
  out.set("label", to_json(field.label));
  if (!field.help.zh.empty()) out.set("help", to_json(field.help));
  out.set("type", name_of(field.type));
  out.set("required", field.required);
  out.set("listed", field.listed);
  out.set("sensitive", name_of(field.sensitive));
  if (!field.list.empty()) out.set("list", field.list);
  if (!field.to.empty()) out.set("to", field.to);
  if (!field.from.empty()) out.set("from", field.from);
  if (!field.unit.empty()) out.set("unit", field.unit);
  if (field.minimum) out.set("minimum", *field.minimum);
  if (field.maximum) out.set("maximum", *field.maximum);
  if (field.max_length) out.set("max_length", *field.max_length);
  if (!field.see.empty()) out.set("see", words(field.see));
  if (field.when) out.set("when", expr::to_json(*field.when));
  return out;
}

json::Value content_facts(const Content& content) {
  json::Value out = json::Object{};
  out.set("plans", list_of(content.plans, plan_facts));
  out.set("registers", list_of(content.registers, register_facts));
  out.set("lists", list_of(content.lists, list_facts));
  out.set("roles", list_of(content.roles, role_facts));
  out.set("case_kinds", list_of(content.cases, case_facts));
  out.set("measures", list_of(content.measures, measure_facts));
  out.set("circles", list_of(content.circles, circle_facts));
  out.set("colocations", list_of(content.colocations, [](const Colocation& colocation) {
            json::Value item = common(colocation);
            item.set("plan", colocation.plan);
            item.set("metres", colocation.metres);
            return item;
          }));
  out.set("statistics", list_of(content.statistics, statistic_facts));
  return out;
}

}  // namespace linli::pack
