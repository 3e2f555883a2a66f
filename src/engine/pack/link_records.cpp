// The fields of registers and forms, derived names, routes, and attributes of choices.
#include <algorithm>

#include "core/similar.h"
#include "engine/pack/link.h"
#include "engine/pack/read.h"
#include "engine/pack/scopes.h"

namespace linli::pack {
namespace {

bool is_choice(const Field& field) {
  return field.type == FieldType::choice || field.type == FieldType::choices;
}

const Field* named(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return names;
}

class FieldLinker {
 public:
  FieldLinker(const Document& document, const Content& content, Report& report)
      : document_(document), content_(content), report_(report) {}

  void link(const std::vector<Field>& all, Field& field, const json::Value& value,
            const expr::Scope& scope) {
    link_list(field, value);
    link_reference(field, value);
    link_source(all, field, value);
    link_limits(field, value);
    expect_known(document_, value, field.see, keys_of(content_.roles), "role", report_);
    if (const json::Value* when = value.find("when"); when && when->is_string()) {
      field.when = compiled(document_, *when, {.scope = &scope}, expr::Type::boolean, report_);
    }
  }

 private:
  void link_list(const Field& field, const json::Value& value) {
    if (is_choice(field) && field.list.empty()) {
      report_.add(document_, value, "`" + field.name + "` does not say what to choose from",
                  "list: <key of a list>");
    } else if (!is_choice(field) && !field.list.empty()) {
      report_.add(document_, value, "`" + field.name + "` has a list but is no choice",
                  "type: choice or choices");
    } else if (is_choice(field)) {
      expect_known(document_, value, {field.list}, keys_of(content_.lists), "list", report_);
    }
  }

  void link_reference(const Field& field, const json::Value& value) {
    const bool refers = field.type == FieldType::reference;
    if (refers == field.to.empty()) {
      report_.add(document_, value,
                  refers ? "`" + field.name + "` does not say what it refers to"
                         : "`" + field.name + "` has `to` but is no reference",
                  refers ? "to: <key of a register>" : "type: reference");
    } else if (refers) {
      expect_known(document_, value, {field.to}, keys_of(content_.registers), "register", report_);
    }
  }

  // What an identity number tells: the date of birth and the gender; and what opening hours tell:
  // how many a day.
  void link_source(const std::vector<Field>& all, const Field& field, const json::Value& value) {
    if (field.from.empty()) return;
    const Field* source = named(all, field.from);
    if (!source) {
      expect_known(document_, value, {field.from}, names_of(all), "field", report_);
      return;
    }
    const bool of_person = source->type == FieldType::cn_id_number &&
                           (field.type == FieldType::date || field.type == FieldType::choice);
    const bool of_opening =
        source->type == FieldType::opening_hours && field.type == FieldType::decimal;
    if (!of_person && !of_opening) {
      report_.add(document_, value, "`" + field.name + "` cannot follow from `" + field.from + "`",
                  "a date of birth or a gender from a field of type cn_id_number, hours a day from "
                  "opening_hours");
    }
  }

  void link_limits(const Field& field, const json::Value& value) {
    const bool number = field.type == FieldType::integer || field.type == FieldType::decimal ||
                        field.type == FieldType::images;
    const bool text = field.type == FieldType::text || field.type == FieldType::long_text;
    if ((field.minimum || field.maximum) && !number) {
      report_.add(document_, value, "`" + field.name + "` has limits but is no number",
                  "minimum and maximum on integer, decimal and images");
    }
    if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
      report_.add(document_, value, "no value fits `" + field.name + "`", "minimum <= maximum");
    }
    if (field.max_length && !text) {
      report_.add(document_, value, "`" + field.name + "` has a length but is no text",
                  "max_length on text and long_text");
    }
    if ((field.search_text || field.search_pinyin) && field.sensitive != Sensitivity::open) {
      report_.add(document_, value, "`" + field.name + "` is sealed and cannot be searched",
                  "no search; it is found by its whole value");
    }
  }

  const Document& document_;
  const Content& content_;
  Report& report_;
};

// No name twice, none that the platform gives itself.
void check_names(const Document& document, const char* member, bool of_case, Report& report) {
  const json::Value* entries = document.value.find(member);
  if (!entries || !entries->is_object()) return;
  for (const auto& [name, value] : entries->as_object()) {
    const auto& reserved = reserved_names(of_case);
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
      report.add(document, value, "the name `" + name + "` is taken by the platform",
                 "another name");
    }
    const json::Value* fields = document.value.find("fields");
    if (std::string_view(member) == "derived" && fields && fields->find(name)) {
      report.add(document, value, "`" + name + "` is a field and a derived name", "one of the two");
    }
  }
}

void link_register(const Document& document, Register& kind, const Content& content,
                   Report& report) {
  check_names(document, "fields", false, report);
  check_names(document, "derived", false, report);
  const json::Value* derived = document.value.find("derived");
  const json::Object none;
  const json::Object& names = derived && derived->is_object() ? derived->as_object() : none;
  for (const auto& [name, value] : names) {
    kind.scope.variables.push_back({.name = name, .derived = value.text("value")});
  }
  const expr::Environment environment = {.scope = &kind.scope};
  for (const auto& [name, value] : names) {
    auto expression = compiled(document, *value.find("value"), environment, std::nullopt, report);
    if (!expression) continue;
    for (expr::Variable& variable : kind.scope.variables) {
      if (variable.name == name) variable.type = expression->type;
    }
    kind.derived.push_back({name, text_of(value.find("label")), std::move(*expression)});
  }
  FieldLinker linker(document, content, report);
  for (Field& field : kind.fields) {
    linker.link(kind.fields, field, *document.value.find("fields")->find(field.name), kind.scope);
  }
  if (const json::Value* labels = document.value.find("labels"); labels && labels->is_object()) {
    for (const Label& label : kind.labels) {
      expect_known(document, *labels->find(label.key), label.see, keys_of(content.roles), "role",
                   report);
    }
  }
  const Field* title = kind.field(kind.title);
  const json::Value& title_at = *document.value.find("title");
  if (!title) {
    expect_known(document, title_at, {kind.title}, names_of(kind.fields), "field", report);
  } else if (title->sensitive != Sensitivity::open) {
    report.add(document, title_at, "the title `" + kind.title + "` is sealed", "an open field");
  }
}

void link_case(const Document& document, CaseKind& kind, const Content& content, Report& report) {
  check_names(document, "form", true, report);
  FieldLinker linker(document, content, report);
  for (Field& field : kind.form) {
    linker.link(kind.form, field, *document.value.find("form")->find(field.name), kind.scope);
  }
  const json::Array& routes = document.value.find("routes")->as_array();
  for (size_t i = 0; i < routes.size(); ++i) {
    const json::Value* when = routes[i].find("when");
    if (!when || !when->is_string()) continue;
    kind.routes[i].when =
        compiled(document, *when, {.scope = &kind.scope}, expr::Type::boolean, report);
  }
}

// An attribute that is named as a list holds one of its choices: department: ecology.
void link_list(const Document& document, const Content& content, Report& report) {
  for (const json::Value& item : document.value.find("choices")->as_array()) {
    const json::Value* attributes = item.find("attributes");
    if (!attributes || !attributes->is_object()) continue;
    for (const auto& [name, value] : attributes->as_object()) {
      const ChoiceList* list = content.list(name);
      if (!list || !value.is_string()) continue;
      expect_known(document, value, {value.as_string()}, keys_of(list->choices), name, report);
    }
  }
}

}  // namespace

void link_records(const Document& document, Content& content, Report& report) {
  if (document.family == "register") {
    for (Register& kind : content.registers) {
      if (kind.key == document.key) link_register(document, kind, content, report);
    }
  } else if (document.family == "case") {
    for (CaseKind& kind : content.cases) {
      if (kind.key == document.key) link_case(document, kind, content, report);
    }
  } else {
    link_list(document, content, report);
  }
}

}  // namespace linli::pack
