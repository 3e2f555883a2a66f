#include "domain/plans/words.h"

#include <algorithm>
#include <utility>

#include "domain/places/api.h"
#include "net/http.h"

namespace linli::plans {
namespace {

const std::vector<pack::Field>* fields_of(const pack::Content& content, std::string_view kind) {
  if (const pack::Register* held = content.find_register(kind)) return &held->fields;
  if (const pack::CaseKind* cases = content.case_kind(kind)) return &cases->form;
  return nullptr;
}

const pack::ChoiceList* list_of(const pack::Content& content, const expr::Expression& expression,
                                std::string_view field) {
  for (const auto& aggregate : expr::aggregates(expression)) {
    const std::vector<pack::Field>* fields = fields_of(content, aggregate->kind);
    if (fields == nullptr) continue;
    const auto found = std::find_if(fields->begin(), fields->end(),
                                    [&](const pack::Field& known) { return known.name == field; });
    if (found != fields->end() && !found->list.empty()) return content.list(found->list);
  }
  return content.list(field == "unit" ? "department" : field);
}

}  // namespace

std::map<std::string, pack::Text> names_of_words(const Scene& scene,
                                                 const expr::Expression& expression,
                                                 std::string_view field,
                                                 const std::vector<std::string>& words) {
  std::map<std::string, pack::Text> names;
  std::map<std::string, Code> units;  // of words that are in no list
  const pack::ChoiceList* list = list_of(scene.content(), expression, field);
  for (const std::string& word : words) {
    const pack::Choice* choice = list == nullptr ? nullptr : list->find(word);
    names[word] = choice == nullptr ? pack::Text{word, word} : choice->name;
    if (choice != nullptr || word.empty()) continue;
    // A unit is a place, or a department of one: housing@620802.
    const auto place = Code::parse(word.substr(word.find('@') + 1));
    if (place) units[word] = *place;
  }
  std::vector<Code> codes;
  for (const auto& [word, place] : units) codes.push_back(place);
  std::map<Code, std::string> known;
  for (places::Reference& place : places::names(scene.tx, codes)) {
    known[place.code] = std::move(place.name);
  }
  const pack::ChoiceList* departments = scene.content().list("department");
  for (const auto& [word, place] : units) {
    const auto found = known.find(place);
    const std::string name = found == known.end() ? place.text() : found->second;
    const size_t at = word.find('@');
    const pack::Choice* department = at == std::string::npos || departments == nullptr
                                         ? nullptr
                                         : departments->find(word.substr(0, at));
    names[word] = department == nullptr
                      ? pack::Text{name, name}
                      : pack::Text{name + department->name.zh, department->name.en + ", " + name};
  }
  return names;
}

RecordsView records_of(const Scene& scene, std::string_view key, const expr::Aggregate& aggregate,
                       Code place, const indicator::Period& period) {
  RecordsView view;
  view.kind = aggregate.kind;
  if (aggregate.condition) view.where = expr::to_text(*aggregate.condition);
  const std::string filter = "place=" + place.text() + "&where=" + net::percent_encode(view.where);
  if (scene.content().find_register(aggregate.kind) != nullptr) {
    view.subject = "register";
    view.link = "/api/v1/registers/" + aggregate.kind + "/records?" + filter;
  } else if (scene.content().case_kind(aggregate.kind) != nullptr) {
    view.subject = "case";
    view.link = "/api/v1/cases?kind=" + aggregate.kind + "&from=" + time::format_date(period.from) +
                "&to=" + time::format_date(period.to) + "&" + filter;
  } else {
    view.subject = "place";
    view.link = "/api/v1/figures/" + net::percent_encode(key) + "/places?place=" + place.text();
  }
  return view;
}

}  // namespace linli::plans
