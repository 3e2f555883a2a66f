#include "host/openapi.h"

#include <map>

#include "core/text.h"

namespace linli::host {

namespace {

using json::Array;
using json::Object;
using json::Value;

// GET /api/v1/places/{code}/children → get_places_code_children
std::string operation_id(const Route& route) {
  std::string id;
  for (const char c : route.method) id += static_cast<char>(c | 0x20);
  std::string_view path = route.path;
  if (path.starts_with("/api/v1")) path.remove_prefix(7);
  for (const std::string& segment : text::split(path, '/')) {
    if (segment.empty()) continue;
    id += '_';
    for (const char c : segment) {
      if (c == '{' || c == '}') continue;
      id += (c == '-' || c == '.') ? '_' : c;
    }
  }
  return id;
}

Value answer(std::string_view description, Value content) {
  Object result{{"description", description}};
  if (!content.is_null()) result.emplace_back("content", std::move(content));
  return result;
}

Value content(std::string_view type, Value schema) {
  return Object{{std::string(type), Object{{"schema", std::move(schema)}}}};
}

Value problem_schema() {
  const Value text = Object{{"type", "string"}};
  const Value field =
      Object{{"type", "object"},
             {"properties", Object{{"pointer", text}, {"code", text}, {"expected", text}}},
             {"required", Array{"pointer", "code"}}};
  return Object{{"type", "object"},
                {"description", "RFC 9457 problem details."},
                {"properties", Object{{"type", text},
                                      {"title", text},
                                      {"status", Object{{"type", "integer"}}},
                                      {"code", text},
                                      {"request_id", text},
                                      {"errors", Object{{"type", "array"}, {"items", field}}}}},
                {"required", Array{"title", "status", "code"}}};
}

Array parameters(const Route& route, std::map<std::string, Value>& components) {
  Array list;
  for (const std::string& segment : text::split(route.path, '/')) {
    if (!segment.starts_with('{')) continue;
    list.push_back(Object{{"name", segment.substr(1, segment.find('}') - 1)},
                          {"in", "path"},
                          {"required", true},
                          {"schema", Object{{"type", "string"}}}});
  }
  for (const shape::Field& field : route.query) {
    list.push_back(Object{{"name", field.name},
                          {"in", "query"},
                          {"required", field.required},
                          {"schema", shape::schema(field.shape, components)}});
  }
  return list;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Value operation(const Module& module, const Route& route,
                std::map<std::string, Value>& components) {
  Object result{{"operationId", operation_id(route)},
                {"tags", Array{module.name}},
                {"summary", route.summary}};
  std::string needs = "Permission: " + route.permission + ".";
  if (!route.errors.empty()) needs += " Refusals: " + joined(route.errors) + ".";
  result.emplace_back("description", needs);
  if (route.permission == "public") {
    result.emplace_back("security", Array{});
  }
  Array list = parameters(route, components);
  if (!list.empty()) result.emplace_back("parameters", std::move(list));
  if (route.raw_body) {
    result.emplace_back(
        "requestBody",
        Object{{"required", true},
               {"content", content("application/octet-stream", Object{{"type", "string"}})}});
  } else if (route.input.type != shape::Type::any) {
    result.emplace_back(
        "requestBody",
        Object{{"content", content("application/json", shape::schema(route.input, components))}});
  }
  Value success = route.output.type == shape::Type::any
                      ? Value()
                      : content("application/json", shape::schema(route.output, components));
  const Value problem = Object{{"$ref", "#/components/responses/problem"}};
  result.emplace_back("responses",
                      Object{{"2XX", answer("Done.", std::move(success))}, {"4XX", problem}});
  return result;
}

}  // namespace

std::string openapi(const std::vector<Module>& modules) {
  std::map<std::string, Value> components;
  std::map<std::string, Object> paths;
  Array tags;
  for (const Module& module : modules) {
    if (module.routes.empty()) continue;
    tags.push_back(Object{{"name", module.name}, {"description", module.about}});
    for (const Route& route : module.routes) {
      std::string method;
      for (const char c : route.method) method += static_cast<char>(c | 0x20);
      paths[route.path].emplace_back(method, operation(module, route, components));
    }
  }
  components.emplace("problem", problem_schema());

  Object path_items;
  for (auto& [path, item] : paths) path_items.emplace_back(path, std::move(item));
  Object schemas;
  for (auto& [name, schema] : components) schemas.emplace_back(name, std::move(schema));
  const Value problem_answer =
      answer("Refused.",
             content("application/problem+json", Object{{"$ref", "#/components/schemas/problem"}}));
  const Value session = Object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "linli_session"}};
  const Value bearer = Object{{"type", "http"}, {"scheme", "bearer"}};
  return json::write(Object{
      {"openapi", "3.1.0"},
      {"info", Object{{"title", "Linli"},
                      {"version", "1"},
                      {"description",
                       "Urban and rural community services: one register, one "
                       "loop, live figures."},
                      {"license", Object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", Array{Object{{"url", "/"}}}},
      {"security", Array{Object{{"session", Array{}}}, Object{{"bearer", Array{}}}}},
      {"tags", std::move(tags)},
      {"paths", std::move(path_items)},
      {"components",
       Object{{"schemas", std::move(schemas)},
              {"responses", Object{{"problem", problem_answer}}},
              {"securitySchemes", Object{{"session", session}, {"bearer", bearer}}}}}});
}

}  // namespace linli::host
