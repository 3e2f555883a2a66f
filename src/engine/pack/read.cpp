#include "engine/pack/read.h"

namespace linli::pack {

Text text_of(const json::Value* value) {
  return value && value->is_object() ? Text{value->text("zh"), value->text("en")} : Text{};
}

std::vector<std::string> words_of(const json::Value* value) {
  std::vector<std::string> words;
  if (!value || !value->is_array()) return words;
  for (const json::Value& word : value->as_array()) words.push_back(word.as_string());
  return words;
}

void read_common(const Document& document, Definition& definition) {
  const json::Value& value = document.value;
  definition.key = document.key;
  definition.pack = document.pack;
  definition.at = document.at(value);
  definition.name = text_of(value.find("name"));
  definition.description = text_of(value.find("description"));
  definition.capabilities = words_of(value.find("capabilities"));
  const json::Value* source = value.find("source");
  if (!source || !source->is_object()) return;
  for (const auto& [plan, where] : source->as_object()) {
    definition.source.emplace_back(plan,
                                   where.is_string() ? where.as_string() : json::write(where));
  }
}

void read_definition(const Document& document, Content& content, Report& report) {
  const std::string& family = document.family;
  if (family == "list" || family == "register" || family == "case") {
    read_records(document, content, report);
  } else if (family == "statistic" || family == "measure" || family == "indicator" ||
             family == "standard" || family == "check" || family == "evaluation") {
    read_figures(document, content);
  } else if (family == "circle" || family == "resident_group" || family == "colocation") {
    read_circles(document, content);
  } else {
    read_settings(document, content, report);
  }
}

}  // namespace linli::pack
