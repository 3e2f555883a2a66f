// A Shape says what a JSON value must look like. One declaration serves three readers: the check
// of a request before its handler runs, the OpenAPI text (JSON Schema 2020-12), and the forms.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace linli::shape {

enum class Type {
  any,
  boolean,
  integer,
  number,
  text,
  date,
  instant,
  place,
  id,
  choice,
  array,
  object
};

struct Field;

// Limits hold by type: text counts code points, arrays items, numbers values. `place` is a region
// code as on the wire, `id` a UUID, `date` YYYY-MM-DD, `instant` RFC 3339.
struct Shape {
  Type type = Type::any;
  std::string name;         // a named shape becomes a component of the OpenAPI text
  std::string description;  // English, for the API text
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<int64_t> max_length;
  std::vector<std::string> choices;
  std::vector<Field> fields;  // of an object; others are refused unless `open`
  bool open = false;
  std::shared_ptr<const Shape> item;  // of an array
};

struct Field {
  std::string name;
  Shape shape;
  bool required = false;
  bool nullable = false;
};

// Short builders, so that a route's declaration reads as its documentation.
Shape any();
Shape boolean();
Shape integer(std::optional<double> minimum = {}, std::optional<double> maximum = {});
Shape number(std::optional<double> minimum = {}, std::optional<double> maximum = {});
Shape text(int64_t max_length = 200);
Shape date();
Shape instant();
Shape place();
Shape id();
Shape choice(std::vector<std::string> choices);
Shape array(Shape item, int64_t max_items = 1000);
Shape object(std::vector<Field> fields, std::string name = {});
Shape open_object(std::vector<Field> fields = {}, std::string name = {});
// {"items": [...], "next": "…" | null}: how every list answers.
Shape page(Shape item);
Field required(std::string name, Shape shape);
Field optional(std::string name, Shape shape);  // may be absent or null

// Every mistake at once, each with its JSON Pointer; empty when the value fits.
// Codes: field.required, field.unknown, field.type, field.too_small, field.too_large,
// field.too_long, field.not_a_choice, field.format.
std::vector<FieldError> check(const Shape& shape, const json::Value& value);

// JSON Schema 2020-12 of the shape; named object shapes inside become {"$ref": …} and are added
// to `components`.
json::Value schema(const Shape& shape, std::map<std::string, json::Value>& components);

}  // namespace linli::shape
