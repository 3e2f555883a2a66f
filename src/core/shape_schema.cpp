// Shapes as JSON Schema 2020-12.
#include "core/shape.h"

namespace linli::shape {

namespace {

using json::Value;

Value typed(std::string_view type, std::string_view format = {}) {
  Value out;
  out.set("type", type);
  if (!format.empty()) out.set("format", format);
  return out;
}

Value limit(const std::optional<double>& number) {
  const auto whole = static_cast<int64_t>(*number);
  return static_cast<double>(whole) == *number ? Value(whole) : Value(*number);
}

Value words(const std::vector<std::string>& choices) {
  json::Array out;
  for (const std::string& choice : choices) out.emplace_back(choice);
  return Value(std::move(out));
}

Value nullable(Value schema) {
  Value* type = nullptr;
  if (schema.find("enum") == nullptr && schema.is_object()) {
    for (auto& [name, member] : schema.as_object()) {
      if (name == "type") type = &member;
    }
  }
  if (type != nullptr) {
    *type = Value(json::Array{*type, Value("null")});
    return schema;
  }
  if (schema.as_object().empty()) return schema;
  Value out;
  out.set("anyOf", json::Array{std::move(schema), typed("null")});
  return out;
}

Value object_schema(const Shape& shape, std::map<std::string, Value>& components) {
  Value out = typed("object");
  Value properties{json::Object()};
  json::Array required;
  for (const Field& field : shape.fields) {
    Value inner = schema(field.shape, components);
    properties.set(field.name, field.nullable ? nullable(std::move(inner)) : std::move(inner));
    if (field.required) required.emplace_back(field.name);
  }
  out.set("properties", std::move(properties));
  if (!required.empty()) out.set("required", std::move(required));
  out.set("additionalProperties", shape.open);
  return out;
}

Value unnamed_schema(const Shape& shape, std::map<std::string, Value>& components) {
  switch (shape.type) {
    case Type::any:
      return Value(json::Object());
    case Type::boolean:
      return typed("boolean");
    case Type::integer:
    case Type::number: {
      Value out = typed(shape.type == Type::integer ? "integer" : "number");
      if (shape.minimum) out.set("minimum", limit(shape.minimum));
      if (shape.maximum) out.set("maximum", limit(shape.maximum));
      return out;
    }
    case Type::text: {
      Value out = typed("string");
      if (shape.max_length) out.set("maxLength", *shape.max_length);
      return out;
    }
    case Type::date:
      return typed("string", "date");
    case Type::instant:
      return typed("string", "date-time");
    case Type::id:
      return typed("string", "uuid");
    case Type::place: {
      Value out = typed("string");
      out.set("pattern", "^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12}|\\d{15}|\\d{17})?$");
      return out;
    }
    case Type::choice: {
      Value out = typed("string");
      out.set("enum", words(shape.choices));
      return out;
    }
    case Type::array: {
      Value out = typed("array");
      out.set("items", shape.item ? schema(*shape.item, components) : Value(json::Object()));
      if (shape.max_length) out.set("maxItems", *shape.max_length);
      return out;
    }
    case Type::object:
      break;
  }
  return object_schema(shape, components);
}

}  // namespace

Value schema(const Shape& shape, std::map<std::string, Value>& components) {
  if (shape.name.empty()) {
    Value out = unnamed_schema(shape, components);
    if (!shape.description.empty()) out.set("description", shape.description);
    return out;
  }
  if (components.try_emplace(shape.name).second) {
    Value component = unnamed_schema(shape, components);
    if (!shape.description.empty()) component.set("description", shape.description);
    components[shape.name] = std::move(component);
  }
  Value reference;
  reference.set("$ref", "#/components/schemas/" + shape.name);
  return reference;
}

}  // namespace linli::shape
