// What expressions and figures see of a case.
#include <map>

#include "domain/cases/rules.h"
#include "domain/places/api.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

Value date_or_null(std::optional<time::Instant> instant) {
  return instant ? Value(time::date_of(*instant)) : Value();
}
Value flag(bool set) {
  return static_cast<int64_t>(set);
}
Value text_or_null(std::string text) {
  return text.empty() ? Value() : Value(std::move(text));
}

// A form's or an attribute's JSON as a value of the variable's type; null when it does not fit.
Value value_as(expr::Type type, const json::Value* wire) {
  if (!wire || wire->is_null()) return {};
  switch (type) {
    case expr::Type::boolean:
      return wire->is_bool() ? flag(wire->as_bool()) : Value();
    case expr::Type::integer:
      return wire->is_int() ? Value(wire->as_int()) : Value();
    case expr::Type::decimal:
      return wire->is_number() ? Value(wire->as_number()) : Value();
    case expr::Type::choices: {
      if (!wire->is_array()) return {};
      std::string joined = "|";
      for (const json::Value& word : wire->as_array())
        if (word.is_string()) joined += word.as_string() + "|";
      return joined;
    }
    case expr::Type::date: {
      if (!wire->is_string()) return {};
      const Result<time::Date> date = time::parse_date(wire->as_string());
      return date ? Value(*date) : Value();
    }
    case expr::Type::place: {
      if (!wire->is_string()) return {};
      const Result<region::Code> code = region::Code::parse(wire->as_string());
      return code ? Value(code->padded()) : Value();
    }
    default:
      if (wire->is_string()) return wire->as_string();
      if (wire->is_bool()) return std::string(wire->as_bool() ? "true" : "false");
      return json::write(*wire);
  }
}

std::map<std::string, Value, std::less<>> own_values(const Case& shown) {
  const workflow::State& state = shown.state;
  const std::vector<Value> place = places::values_of(shown.attributes);
  return {
      {"place", shown.place.padded()},
      {"urban", place.at(0)},
      {"rural", place.at(1)},
      {"community_types", place.at(2)},
      {"stage", state.stage},
      {"channel", shown.channel},
      {"opened_on", date_or_null(state.opened_at)},
      {"replied_on", date_or_null(state.replied_at)},
      {"closed_on", date_or_null(state.closed_at)},
      {"answered", flag(state.answered)},
      {"resolved", flag(state.resolved)},
      {"rating", state.rating > 0 ? Value(static_cast<int64_t>(state.rating)) : Value()},
      {"satisfied", state.rating > 0 ? flag(state.rating > 3) : Value()},
      {"breached", flag(state.breached)},
      {"reopened", flag(state.reopened)},
      {"unit", text_or_null(state.unit)},
      {"me_too", state.me_too},
  };
}

constexpr std::string_view kSubjectPrefix = "subject_";

const json::Value* subject_attribute(const pack::Choice* subject, std::string_view variable) {
  if (!subject || !variable.starts_with(kSubjectPrefix)) return nullptr;
  const auto found = subject->attributes.find(std::string(variable.substr(kSubjectPrefix.size())));
  return found == subject->attributes.end() ? nullptr : &found->second;
}

}  // namespace

std::vector<Value> values_of(const pack::CaseKind& kind, const pack::Content& content,
                             const Case& shown) {
  const auto own = own_values(shown);
  const pack::ChoiceList* list = content.list(kind.subject_list);
  const pack::Choice* subject = list ? list->find(shown.subject()) : nullptr;
  std::vector<Value> values;
  values.reserve(kind.scope.variables.size());
  for (const expr::Variable& variable : kind.scope.variables) {
    if (const auto found = own.find(variable.name); found != own.end()) {
      values.push_back(found->second);
      continue;
    }
    const json::Value* wire = shown.form.find(variable.name);
    if (!wire) wire = subject_attribute(subject, variable.name);
    values.push_back(value_as(variable.type, wire));
  }
  return values;
}

json::Value facts_of(const pack::CaseKind& kind, const Case& opened) {
  json::Object form;
  for (const pack::Field& field : kind.form) {
    if (field.type == pack::FieldType::images) continue;
    if (const json::Value* value = opened.form.find(field.name))
      form.emplace_back(field.name, *value);
  }
  return json::Object{{"place", opened.place.text()},
                      {"channel", opened.channel},
                      {"form", json::Value(std::move(form))}};
}

Case fold(const pack::CaseKind& kind, const std::vector<LoggedEvent>& events) {
  Case folded;
  folded.kind = kind.key;
  const json::Value& facts = events.front().facts;
  folded.place = MUST(region::Code::parse(facts.text("place")));
  folded.channel = facts.text("channel");
  folded.form = *facts.find("form");
  for (const LoggedEvent& logged : events) {
    workflow::apply(folded.state, logged.event);
    folded.place = place_after(folded.place, logged.event);
  }
  return folded;
}

region::Code place_after(region::Code place, const workflow::Event& event) {
  if (event.action == workflow::Action::relocate) return MUST(region::Code::parse(event.into));
  if (event.unit.find('@') != std::string_view::npos) return place;
  const Result<region::Code> code = region::Code::parse(event.unit);
  return code && place.contains(*code) ? *code : place;
}

}  // namespace linli::cases
