#include <map>

#include "engine/pack/grammar.h"

namespace linli::pack {
namespace {

// {"$ref": "#/components/schemas/field"} becomes {"$ref": "#/$defs/field"}.
void point_to_definitions(json::Value& schema) {
  if (schema.is_array()) {
    for (json::Value& item : schema.as_array()) point_to_definitions(item);
  }
  if (!schema.is_object()) return;
  for (auto& [name, member] : schema.as_object()) {
    const std::string prefix = "#/components/schemas/";
    if (name == "$ref" && member.as_string().rfind(prefix, 0) == 0) {
      member = "#/$defs/" + member.as_string().substr(prefix.size());
    } else {
      point_to_definitions(member);
    }
  }
}

}  // namespace

json::Value pack_schema() {
  std::map<std::string, json::Value> components;
  json::Array alternatives;
  for (const Family& family : families()) {
    alternatives.push_back(shape::schema(family.shape, components));
    for (const Entries& entries : family.entries) {
      json::Value members = *components[family.name].find("properties");
      json::Value open = json::Object{{"type", "object"}};
      open.set("additionalProperties", shape::schema(entries.shape, components));
      members.set(entries.member, std::move(open));
      components[family.name].set("properties", std::move(members));
    }
  }
  json::Value schema = json::Object{
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "One definition of a Linli pack"},
  };
  schema.set("oneOf", std::move(alternatives));
  json::Value definitions{json::Object{}};
  for (auto& [name, component] : components) definitions.set(name, component);
  schema.set("$defs", std::move(definitions));
  point_to_definitions(schema);
  return schema;
}

}  // namespace linli::pack
