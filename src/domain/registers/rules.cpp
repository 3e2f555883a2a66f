#include "domain/registers/rules.h"

#include <algorithm>
#include <optional>

#include "core/opening_hours.h"
#include "core/text.h"
#include "domain/registers/formats.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

using pack::FieldType;

size_t position_of(const pack::Register& kind, std::string_view name) {
  for (size_t i = 0; i < kind.fields.size(); ++i) {
    if (kind.fields[i].name == name) return i;
  }
  return kind.fields.size();
}

std::string pointer_to(const pack::Field& field) {
  return "/values/" + field.name;
}

// What an identity number says about a field: a birth date for a date, for a choice the word whose
// attribute `gb` is the code of GB/T 2261.1 (1 male, 2 female).
std::optional<Value> said_by_id_number(const pack::Field& field, const pack::Content& content,
                                       const std::string& number) {
  if (field.type == FieldType::date) return Value(birth_date_of(number));
  if (field.type != FieldType::choice) return {};
  const int64_t code = is_male(number) ? 1 : 2;
  for (const pack::Choice& choice : content.list(field.list)->choices) {
    const auto gb = choice.attributes.find("gb");
    if (gb != choice.attributes.end() && gb->second == json::Value(code)) return Value(choice.key);
  }
  return {};
}

struct Laying {
  const pack::Register& kind;
  const Surroundings& around;
  const json::Value& given;
  Values values;
  std::vector<Origin> from = origins(kind);
  std::vector<FieldError> errors = {};

  void complain(const pack::Field& field, std::string code, std::string expected = {}) {
    errors.push_back({pointer_to(field), std::move(code), std::move(expected)});
  }

  void read_given() {
    for (const auto& [name, wire] : given.as_object()) {
      const size_t at = position_of(kind, name);
      if (at == kind.fields.size()) {
        errors.push_back({"/values/" + name, "field.unknown", ""});
        continue;
      }
      Misfit misfit;
      if (!read_value(kind.fields[at], around.content, wire, around.today, values[at], misfit)) {
        complain(kind.fields[at], misfit.code, misfit.expected);
      }
    }
  }

  std::optional<Value> said(const pack::Field& field) const {
    const size_t source = position_of(kind, field.from);
    if (is_null(values[source])) return {};
    const std::string& told = std::get<std::string>(values[source]);
    switch (kind.fields[source].type) {
      case FieldType::cn_id_number:
        return said_by_id_number(field, around.content, told);
      case FieldType::opening_hours:
        return Value(MUST(OpeningHours::parse(told)).hours_a_day());
      default:
        return {};
    }
  }

  void derive() {
    for (size_t i = 0; i < kind.fields.size(); ++i) {
      const pack::Field& field = kind.fields[i];
      if (field.from.empty()) continue;
      const auto said = this->said(field);
      if (!said) continue;
      const json::Value* own = given.find(field.name);
      if (own != nullptr && !own->is_null() && values[i] != *said) {
        const json::Value wire = to_wire(field, *said);
        complain(field, "field.contradicts", wire.is_string() ? wire.as_string() : "");
      }
      values[i] = *said;
    }
  }

  // Fields whose condition fails are cleared, from the first to the last: a condition may stand on
  // fields above it.
  void ask() {
    for (size_t i = 0; i < kind.fields.size(); ++i) {
      const pack::Field& field = kind.fields[i];
      if (field.when && !asks(field)) {
        const json::Value* own = given.find(field.name);
        if (own != nullptr && !is_null(values[i])) complain(field, "field.not_asked");
        values[i] = Value();
      } else if (field.required && is_null(values[i])) {
        const bool told = std::any_of(errors.begin(), errors.end(), [&](const FieldError& error) {
          return error.pointer == pointer_to(field);
        });
        if (!told) complain(field, "field.required", std::string(pack::name_of(field.type)));
      }
    }
  }

  bool asks(const pack::Field& field) const {
    const Seen seen(scope_values(kind, from, values, around.place, around.attributes),
                    around.labels);
    return expr::holds(*field.when, {.record = &seen, .today = around.today});
  }
};

}  // namespace

bool Seen::has_label(std::string_view label, time::Date) const {
  return std::find(labels_.begin(), labels_.end(), label) != labels_.end();
}

Result<Values> lay_over(const pack::Register& kind, const Surroundings& around,
                        const Values& current, const json::Value& given) {
  Laying laying{kind, around, given, current};
  laying.values.resize(kind.fields.size());
  laying.read_given();
  laying.derive();
  laying.ask();
  if (!laying.errors.empty()) return refuse_fields(std::move(laying.errors));
  return std::move(laying.values);
}

std::vector<Origin> origins(const pack::Register& kind) {
  std::vector<Origin> all;
  for (const expr::Variable& variable : kind.scope.variables) {
    Origin origin;
    const size_t at = position_of(kind, variable.name);
    if (at < kind.fields.size()) {
      origin = {Origin::From::field, at};
    } else if (variable.name == "place") {
      origin.from = Origin::From::place;
    } else if (variable.name == "urban") {
      origin.from = Origin::From::urban;
    } else if (variable.name == "rural") {
      origin.from = Origin::From::rural;
    } else if (variable.name == "community_types") {
      origin.from = Origin::From::community_types;
    }
    all.push_back(origin);
  }
  return all;
}

std::vector<Value> scope_values(const pack::Register& kind, const std::vector<Origin>& from,
                                const Values& values, region::Code place,
                                const places::Attributes& attributes) {
  std::vector<Value> out;
  out.reserve(from.size());
  for (const Origin& origin : from) {
    switch (origin.from) {
      case Origin::From::place:
        out.emplace_back(place.padded());
        break;
      case Origin::From::field: {
        const Value& value = values[origin.field];
        const bool hidden = is_sensitive(kind.fields[origin.field]) && !is_null(value);
        out.push_back(hidden ? Value("*") : value);
        break;
      }
      case Origin::From::urban:
        out.push_back(attributes.urban ? Value(int64_t{*attributes.urban}) : Value());
        break;
      case Origin::From::rural:
        out.push_back(attributes.urban ? Value(int64_t{!*attributes.urban}) : Value());
        break;
      case Origin::From::community_types:
        out.push_back(attributes.community_types.empty()
                          ? Value()
                          : Value(join_words(attributes.community_types)));
        break;
      case Origin::From::nothing:
        out.emplace_back();
        break;
    }
  }
  return out;
}

std::string search_text(const pack::Register& kind, const Values& values) {
  std::vector<std::string> pinyin_too;
  std::string plain;
  for (size_t i = 0; i < kind.fields.size(); ++i) {
    const pack::Field& field = kind.fields[i];
    if (is_sensitive(field) || !std::holds_alternative<std::string>(values[i])) continue;
    const std::string& word = std::get<std::string>(values[i]);
    if (field.search_pinyin) {
      pinyin_too.push_back(word);
    } else if (field.search_text) {
      plain += " " + text::fold(word);
    }
  }
  return text::search_key(pinyin_too) + plain;
}

std::vector<FieldChange> differences(const pack::Register& kind, const Values& before,
                                     const Values& after) {
  std::vector<FieldChange> changes;
  const auto wire = [&](const Values& values, size_t i) -> json::Value {
    if (i >= values.size()) return nullptr;
    return to_wire(kind.fields[i], masked(kind.fields[i], values[i]));
  };
  const auto value = [](const Values& values, size_t i) {
    return i < values.size() ? values[i] : Value();
  };
  for (size_t i = 0; i < kind.fields.size(); ++i) {
    if (value(before, i) == value(after, i)) continue;
    changes.push_back({kind.fields[i].name, wire(before, i), wire(after, i)});
  }
  return changes;
}

std::vector<std::string> held(const std::vector<LabelPeriod>& periods, time::Date day) {
  std::vector<std::string> labels;
  for (const LabelPeriod& period : periods) {
    if (period.holds_on(day)) labels.push_back(period.label);
  }
  std::sort(labels.begin(), labels.end());
  return labels;
}

Done check_label(const pack::Register& kind, const std::vector<LabelPeriod>& present,
                 const LabelPeriod& added) {
  const pack::Label* label = kind.label(added.label);
  if (label == nullptr) return refuse(ErrorKind::not_found, "label.unknown", added.label);
  if (label->evidence_required && added.evidence.empty()) {
    return refuse_fields({{"/evidence", "field.required", "text"}}, "label.evidence_required");
  }
  if (added.to && *added.to <= added.from) {
    return refuse_fields({{"/to", "field.too_small", "after the first day"}}, "label.bad_period");
  }
  for (const LabelPeriod& other : present) {
    if (other.label != added.label) continue;
    const bool apart =
        (other.to && *other.to <= added.from) || (added.to && *added.to <= other.from);
    if (!apart) return refuse(ErrorKind::conflict, "label.overlaps", added.label);
  }
  return {};
}

bool sees(const std::vector<std::string>& see, const std::vector<std::string>& roles) {
  return see.empty() || std::any_of(see.begin(), see.end(), [&](const std::string& role) {
           return std::find(roles.begin(), roles.end(), role) != roles.end();
         });
}

}  // namespace linli::registers
