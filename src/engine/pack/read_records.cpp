// Choice lists, registers and case kinds.
#include <algorithm>
#include <optional>
#include <set>

#include "core/similar.h"
#include "engine/pack/read.h"

namespace linli::pack {
namespace {

FieldType type_named(std::string_view name) {
  for (int i = 0; i < static_cast<int>(FieldType::url); ++i) {
    if (name_of(static_cast<FieldType>(i)) == name) return static_cast<FieldType>(i);
  }
  return FieldType::url;
}

bool lists(const json::Value* words, std::string_view word) {
  const std::vector<std::string> all = words_of(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

std::optional<double> number_of(const json::Value* value) {
  return value && value->is_number() ? std::optional(value->as_number()) : std::nullopt;
}

Sensitivity sensitivity_of(std::string_view word) {
  if (word == "identity") return Sensitivity::identity;
  return word == "contact" ? Sensitivity::contact : Sensitivity::open;
}

Field field_of(const Document& document, const std::string& name, const json::Value& value) {
  Field field;
  field.name = name;
  field.label = text_of(value.find("label"));
  field.help = text_of(value.find("help"));
  field.type = type_named(value.text("type"));
  field.required = value.flag("required");
  field.unique = value.flag("unique");
  field.search_text = lists(value.find("search"), "text");
  field.search_pinyin = lists(value.find("search"), "pinyin");
  field.listed = value.flag("listed");
  field.sensitive = sensitivity_of(value.text("sensitive"));
  field.list = value.text("list");
  field.to = value.text("to");
  field.from = value.text("from");
  field.minimum = number_of(value.find("minimum"));
  field.maximum = number_of(value.find("maximum"));
  if (const json::Value* length = value.find("max_length"); length && length->is_int()) {
    field.max_length = length->as_int();
  }
  field.unit = value.text("unit");
  field.see = words_of(value.find("see"));
  field.at = document.at(value);
  return field;
}

ChoiceList list_of(const Document& document, Report& report) {
  ChoiceList list;
  read_common(document, list);
  for (const json::Value& item : document.value.find("choices")->as_array()) {
    Choice choice{item.text("key"), text_of(item.find("name")), item.text("parent"), {}};
    if (!is_plain_name(choice.key)) {
      report.add(document, item, "`" + choice.key + "` cannot be a choice",
                 "small letters, digits and _, and no word of the expression language");
    }
    if (list.find(choice.key)) {
      report.add(document, item, "the choice `" + choice.key + "` stands twice", "another key");
    }
    if (!choice.parent.empty() && !list.find(choice.parent)) {
      report.add(document, item, "the parent `" + choice.parent + "` does not stand before",
                 "a choice above it");
    }
    if (const json::Value* attributes = item.find("attributes");
        attributes && attributes->is_object()) {
      for (const auto& [name, value] : attributes->as_object()) {
        if (value.is_array() || value.is_object() || value.is_null()) {
          report.add(document, value, "the attribute `" + name + "` is no plain value",
                     "a text, a number, true or false");
        }
        choice.attributes[name] = value;
      }
    }
    list.choices.push_back(std::move(choice));
  }
  return list;
}

Register register_of(const Document& document) {
  Register kind;
  read_common(document, kind);
  kind.title = document.value.text("title");
  kind.symbol = document.value.text("symbol");
  kind.computed_by = document.value.text("computed_by");
  kind.fields = fields_of(document, *document.value.find("fields"));
  if (const json::Value* labels = document.value.find("labels"); labels && labels->is_object()) {
    for (const auto& [key, label] : labels->as_object()) {
      kind.labels.push_back({key, text_of(label.find("name")), label.text("evidence") == "required",
                             words_of(label.find("see"))});
    }
  }
  return kind;
}

std::optional<Duration> clock_of(const Document& document, const json::Value& stage,
                                 Report& report) {
  const std::string within = stage.text("within");
  if (within.empty()) return std::nullopt;
  const Result<Duration> duration = Duration::parse(within);
  if (duration) return *duration;
  report.add(document, *stage.find("within"), "`" + within + "` is no length of time",
             "30 working minutes, 4 working hours, 5 working days, 7 days");
  return std::nullopt;
}

CaseKind case_of(const Document& document, Report& report) {
  const json::Value& value = document.value;
  CaseKind kind;
  read_common(document, kind);
  kind.form = fields_of(document, *value.find("form"));
  for (const Field& field : kind.form) {
    if (field.name == "subject" && field.type == FieldType::choice) kind.subject_list = field.list;
  }
  for (const json::Value& route : value.find("routes")->as_array()) {
    kind.routes.push_back({std::nullopt, route.text("to"), route.text("unit")});
  }
  for (const json::Value& stage : value.find("stages")->as_array()) {
    const Text name = text_of(stage.find("name"));
    const json::Value* for_resident = stage.find("resident_name");
    kind.stages.push_back({stage.text("key"), name, for_resident ? text_of(for_resident) : name,
                           clock_of(document, stage, report), stage.text("by"),
                           words_of(stage.find("actions")), stage.flag("terminal")});
  }
  if (const json::Value* remind = value.find("remind"); remind && remind->is_array()) {
    for (const json::Value& percent : remind->as_array()) {
      kind.remind_percent.push_back(static_cast<int>(percent.as_int()));
    }
  }
  kind.escalate_on_breach = value.flag("escalate_on_breach", true);
  if (const json::Value* duplicates = value.find("duplicates")) {
    kind.duplicate_radius_m = static_cast<int>(duplicates->integer("radius_m"));
    kind.duplicate_days = static_cast<int>(duplicates->integer("days"));
  }
  kind.reopen_days = static_cast<int>(value.integer("reopen_days"));
  kind.bad_rating_at_most = static_cast<int>(value.integer("bad_rating_at_most", 2));
  return kind;
}

}  // namespace

std::vector<Field> fields_of(const Document& document, const json::Value& members) {
  std::vector<Field> fields;
  for (const auto& [name, value] : members.as_object()) {
    fields.push_back(field_of(document, name, value));
  }
  return fields;
}

void read_records(const Document& document, Content& content, Report& report) {
  if (document.family == "list") {
    content.lists.push_back(list_of(document, report));
  } else if (document.family == "register") {
    content.registers.push_back(register_of(document));
  } else {
    content.cases.push_back(case_of(document, report));
  }
}

}  // namespace linli::pack
