#include "domain/gateways/services.h"

#include <algorithm>
#include <stdexcept>

#include "core/text.h"

namespace linli::gateways {
namespace {

constexpr std::string_view kDepartments = "department";

std::string_view datatype_of(const pack::Field& field) {
  using pack::FieldType;
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal:
      return "number";
    case FieldType::date:
    case FieldType::instant:
      return "datetime";
    case FieldType::choice:
    case FieldType::boolean:
      return "singlevaluelist";
    case FieldType::choices:
      return "multivaluelist";
    case FieldType::long_text:
      return "text";
    default:
      return "string";
  }
}

json::Value values_of(const pack::Field& field, const pack::Content& content, Language language) {
  json::Array values;
  const auto add = [&](const std::string& key, const std::string& name) {
    values.emplace_back(json::Object{{"key", key}, {"name", name}});
  };
  if (field.type == pack::FieldType::boolean) {
    add("true", language == Language::en ? "yes" : "是");
    add("false", language == Language::en ? "no" : "否");
  }
  if (const pack::ChoiceList* list = content.list(field.list))
    for (const pack::Choice& choice : list->choices) add(choice.key, in(language, choice.name));
  return values;
}

}  // namespace

Language language_of(std::string_view accept_language) {
  return text::starts_with_ignoring_case(accept_language, "en") ? Language::en : Language::zh;
}

const std::string& in(Language language, const pack::Text& text) {
  return language == Language::en && !text.en.empty() ? text.en : text.zh;
}

Catalogue::Catalogue(const pack::Content& content) : content_(content) {
  for (const pack::CaseKind& kind : content.cases) {
    if (kind.subject_list.empty()) continue;
    kind_ = &kind;
    subjects_ = content.list(kind.subject_list);
    break;
  }
  if (subjects_ == nullptr) throw std::runtime_error("no case kind has a list of subjects");
}

const pack::Choice* Catalogue::service(std::string_view code) const {
  const pack::Choice* found = subjects_->find(code);
  const bool group =
      std::any_of(subjects_->choices.begin(), subjects_->choices.end(),
                  [&](const pack::Choice& other) { return !code.empty() && other.parent == code; });
  return group ? nullptr : found;
}

std::string Catalogue::name_of(std::string_view code, Language language) const {
  const pack::Choice* found = subjects_->find(code);
  return found == nullptr ? std::string(code) : in(language, found->name);
}

std::vector<const pack::Field*> Catalogue::attributes() const {
  using pack::FieldType;
  std::vector<const pack::Field*> found;
  for (const pack::Field& field : kind_->form) {
    const bool standard = field.name == "description" || field.list == kind_->subject_list;
    const bool ours = field.type == FieldType::images || field.type == FieldType::reference ||
                      field.type == FieldType::place || field.type == FieldType::point ||
                      field.sensitive != pack::Sensitivity::open;
    if (!standard && !ours) found.push_back(&field);
  }
  return found;
}

Document Catalogue::services(Language language) const {
  json::Array services;
  const pack::ChoiceList* departments = content_.list(kDepartments);
  for (const pack::Choice& choice : subjects_->choices) {
    if (service(choice.key) == nullptr) continue;
    const std::string group = name_of(choice.parent, language);
    std::vector<std::string> words = {choice.name.zh, choice.name.en};
    const auto linked = choice.attributes.find(std::string(kDepartments));
    if (departments != nullptr && linked != choice.attributes.end() && linked->second.is_string())
      if (const pack::Choice* department = departments->find(linked->second.as_string()))
        words.push_back(in(language, department->name));
    std::string keywords;
    for (const std::string& word : words)
      if (!word.empty()) keywords += (keywords.empty() ? "" : ", ") + word;
    const std::string& name = in(language, choice.name);
    services.emplace_back(json::Object{
        {"service_code", choice.key},
        {"service_name", name},
        {"description", group.empty() ? name : group + " / " + name},
        {"metadata", !attributes().empty()},
        {"type", "realtime"},
        {"keywords", keywords},
        {"group", group},
    });
  }
  return {"services", std::move(services)};
}

Document Catalogue::definition(const pack::Choice& service, Language language) const {
  json::Array described;
  int order = 0;
  for (const pack::Field* field : attributes()) {
    described.emplace_back(json::Object{
        {"variable", true},
        {"code", field->name},
        {"datatype", datatype_of(*field)},
        {"required", field->required && !field->when},
        {"datatype_description", in(language, field->help)},
        {"order", ++order},
        {"description", in(language, field->label)},
        {"values", values_of(*field, content_, language)},
    });
  }
  return {"service_definition",
          json::Object{{"service_code", service.key}, {"attributes", std::move(described)}}};
}

}  // namespace linli::gateways
