#include "engine/pack/scopes.h"

#include <algorithm>
#include <array>
#include <set>

namespace linli::pack {
namespace {

using expr::Scope;
using expr::Type;
using expr::Variable;

constexpr std::array<std::string_view, 3> kPlaceKinds = {"community", "township", "county"};
constexpr std::array<std::string_view, 8> kChannels = {"web",     "counter", "grid",   "hotline",
                                                       "open311", "api",     "survey", "kiosk"};

std::vector<std::string> choices_of(const Content& content, std::string_view key) {
  std::vector<std::string> words;
  if (const ChoiceList* list = content.list(key)) {
    for (const Choice& choice : list->choices) words.push_back(choice.key);
  }
  return words;
}

Type type_of(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return Type::integer;
    case FieldType::decimal:
      return Type::decimal;
    case FieldType::boolean:
      return Type::boolean;
    case FieldType::date:
      return Type::date;
    case FieldType::instant:
      return Type::instant;
    case FieldType::choice:
      return Type::choice;
    case FieldType::choices:
      return Type::choices;
    case FieldType::place:
      return Type::place;
    case FieldType::reference:
      return Type::id;
    default:
      return Type::text;
  }
}

void add_fields(const Content& content, const std::vector<Field>& fields, Scope& scope) {
  for (const Field& field : fields) {
    Variable variable{field.name, type_of(field.type), choices_of(content, field.list)};
    variable.opaque = field.sensitive != Sensitivity::open || field.type == FieldType::point ||
                      field.type == FieldType::images;
    scope.variables.push_back(std::move(variable));
  }
}

void add_place_attributes(const Content& content, Scope& scope) {
  scope.variables.push_back({"urban", Type::boolean});
  scope.variables.push_back({"rural", Type::boolean});
  scope.variables.push_back(
      {"community_types", Type::choices, choices_of(content, "community_type")});
}

// subject_department, subject_emergency, …: the attributes of the chosen subject.
void add_subject(const Content& content, const CaseKind& kind, Scope& scope) {
  const ChoiceList* list = content.list(kind.subject_list);
  if (!list) return;
  struct Seen {
    std::set<std::string> words;
    bool all_flags = true;
    bool all_numbers = true;
  };
  std::map<std::string, Seen> attributes;
  for (const Choice& choice : list->choices) {
    for (const auto& [name, value] : choice.attributes) {
      Seen& seen = attributes[name];
      seen.all_flags = seen.all_flags && value.is_bool();
      seen.all_numbers = seen.all_numbers && value.is_number();
      seen.words.insert(value.is_string() ? value.as_string() : json::write(value));
    }
  }
  for (const auto& [name, seen] : attributes) {
    const Type type = seen.all_flags     ? Type::boolean
                      : seen.all_numbers ? Type::decimal
                                         : Type::choice;
    Variable variable{"subject_" + name, type};
    if (type == Type::choice) variable.choices.assign(seen.words.begin(), seen.words.end());
    scope.variables.push_back(std::move(variable));
  }
}

void fill(const Content& content, Register& kind) {
  Scope& scope = kind.scope;
  scope = {.name = kind.key, .variables = {{"place", Type::place}}};
  add_fields(content, kind.fields, scope);
  add_place_attributes(content, scope);
  for (const Label& label : kind.labels) scope.labels.push_back(label.key);
}

void fill(const Content& content, CaseKind& kind) {
  Scope& scope = kind.scope;
  scope = {.name = kind.key, .variables = {{"place", Type::place}}};
  add_fields(content, kind.form, scope);
  add_place_attributes(content, scope);
  std::vector<std::string> stages;
  for (const Stage& stage : kind.stages) stages.push_back(stage.key);
  const std::vector<Variable> course = {
      {"stage", Type::choice, stages},
      {"channel", Type::choice, {kChannels.begin(), kChannels.end()}},
      {"opened_on", Type::date},
      {"replied_on", Type::date},
      {"closed_on", Type::date},
      {"answered", Type::boolean},
      {"resolved", Type::boolean},
      {"rating", Type::integer},
      {"satisfied", Type::boolean},
      {"breached", Type::boolean},
      {"reopened", Type::boolean},
      {"unit", Type::text},
      {"me_too", Type::integer}};
  scope.variables.insert(scope.variables.end(), course.begin(), course.end());
  add_subject(content, kind, scope);
}

}  // namespace

void fill_scopes(Content& content) {
  for (Register& kind : content.registers) fill(content, kind);
  for (CaseKind& kind : content.cases) fill(content, kind);
  Scope& place = content.place_scope;
  place = {.name = "place", .variables = {{"place", Type::place}}, .of_places = true};
  add_place_attributes(content, place);
}

const Scope* scope_of_kind(const Content& content, std::string_view kind) {
  if (std::find(kPlaceKinds.begin(), kPlaceKinds.end(), kind) != kPlaceKinds.end()) {
    return &content.place_scope;
  }
  if (const Register* found = content.find_register(kind)) return &found->scope;
  const CaseKind* found = content.case_kind(kind);
  return found ? &found->scope : nullptr;
}

const std::vector<std::string>& reserved_names(bool of_case) {
  static const std::vector<std::string> register_names = {
      "place", "urban",   "rural",      "community_types", "village",
      "id",    "version", "created_at", "updated_at",      "search"};
  static const std::vector<std::string> case_names = {
      "place",  "urban",     "rural",    "community_types", "stage",    "channel",
      "unit",   "opened_on", "answered", "replied_on",      "resolved", "closed_on",
      "rating", "satisfied", "breached", "reopened",        "me_too"};
  return of_case ? case_names : register_names;
}

}  // namespace linli::pack
