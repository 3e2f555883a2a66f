// A case kind's form as a Shape: the check of a report, its OpenAPI text and the page's form.
#include "domain/cases/api.h"

namespace linli::cases {
namespace {

std::vector<std::string> words_of(const pack::Content& content, const std::string& list) {
  std::vector<std::string> words;
  if (const pack::ChoiceList* found = content.list(list))
    for (const pack::Choice& choice : found->choices) words.push_back(choice.key);
  return words;
}

shape::Shape shape_of(const pack::Field& field, const pack::Content& content) {
  using pack::FieldType;
  switch (field.type) {
    case FieldType::integer:
      return shape::integer(field.minimum, field.maximum);
    case FieldType::decimal:
      return shape::number(field.minimum, field.maximum);
    case FieldType::boolean:
      return shape::boolean();
    case FieldType::date:
      return shape::date();
    case FieldType::instant:
      return shape::instant();
    case FieldType::choice:
      return shape::choice(words_of(content, field.list));
    case FieldType::choices:
      return shape::array(shape::choice(words_of(content, field.list)));
    case FieldType::place:
      return shape::place();
    case FieldType::reference:
      return shape::id();
    case FieldType::point:
      return shape::object({shape::required("lon", shape::number(-180, 180)),
                            shape::required("lat", shape::number(-90, 90))});
    case FieldType::images:
      return shape::array(shape::id(), static_cast<int64_t>(field.maximum.value_or(6)));
    default:
      return shape::text(field.max_length.value_or(2000));
  }
}

}  // namespace

shape::Shape form_shape(const pack::CaseKind& kind, const pack::Content& content) {
  std::vector<shape::Field> fields;
  for (const pack::Field& field : kind.form) {
    shape::Field made{field.name, shape_of(field, content)};
    made.shape.description = field.label.en;
    made.required = field.required && !field.when;
    made.nullable = !made.required;
    fields.push_back(std::move(made));
  }
  return shape::object(std::move(fields));
}

}  // namespace linli::cases
