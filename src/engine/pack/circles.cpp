// Life circles and the groups of residents whose reach they ask.
#include <algorithm>

#include "engine/pack/link.h"
#include "engine/pack/read.h"
#include "engine/pack/scopes.h"

namespace linli::pack {
namespace {

constexpr size_t kMostNeeds = 32;  // as many as the map engine carries at once
constexpr const char* kPerson = "person";

CircleMinutes minutes_of(const json::Value* value) {
  CircleMinutes minutes;
  if (value == nullptr || !value->is_object()) return minutes;
  if (const int64_t urban = value->integer("urban")) minutes.urban = static_cast<int>(urban);
  if (const int64_t rural = value->integer("rural")) minutes.rural = static_cast<int>(rural);
  return minutes;
}

const json::Object& entries(const Document& document, const char* member) {
  static const json::Object kNone;
  const json::Value* value = document.value.find(member);
  return value != nullptr && value->is_object() ? value->as_object() : kNone;
}

Circle circle_of(const Document& document) {
  Circle circle;
  read_common(document, circle);
  circle.plan = document.value.text("plan");
  circle.mode = document.value.text("mode");
  circle.note = text_of(document.value.find("note"));
  circle.minutes = minutes_of(document.value.find("minutes"));
  circle.groups = words_of(document.value.find("groups"));
  for (const auto& [key, value] : entries(document, "needs")) {
    CircleNeed need;
    need.key = key;
    need.name = text_of(value.find("name"));
    need.kinds = words_of(value.find("kinds"));
    if (need.kinds.empty()) need.kinds = {key};
    need.minimum = static_cast<int>(value.integer("minimum", 1));
    need.minutes = minutes_of(value.find("minutes"));
    need.room_for = value.text("room_for");
    if (!need.minutes.urban) need.minutes.urban = circle.minutes.urban;
    if (!need.minutes.rural) need.minutes.rural = circle.minutes.rural;
    circle.needs.push_back(std::move(need));
  }
  for (const auto& [group, profile] : entries(document, "profiles")) {
    circle.profiles.emplace_back(group, profile.as_string());
  }
  return circle;
}

Colocation colocation_of(const Document& document) {
  Colocation made;
  read_common(document, made);
  made.plan = document.value.text("plan");
  made.kinds = words_of(document.value.find("kinds"));
  made.beside = words_of(document.value.find("beside"));
  made.metres = document.value.number("metres");
  made.note = text_of(document.value.find("note"));
  return made;
}

std::vector<std::string> choices_of(const Content& content, std::string_view list) {
  const ChoiceList* found = content.list(list);
  return found == nullptr ? std::vector<std::string>() : keys_of(found->choices);
}

void link_need(const Document& document, const json::Value& at, CircleNeed& need,
               const Content& content, Report& report) {
  const ChoiceList* kinds = content.list("facility_kind");
  if (kinds != nullptr) {
    expect_known(document, at, need.kinds, keys_of(kinds->choices), "kind of facility", report);
    if (const Choice* kind = kinds->find(need.key); kind != nullptr && need.name.zh.empty()) {
      need.name = kind->name;
    }
  }
  if (need.name.zh.empty()) {
    report.add(document, at, "the need `" + need.key + "` has no name", "name: {zh: …, en: …}");
  }
  if (need.key == kComplete) {
    report.add(document, at, "`complete` stands for all needs together", "another key");
  }
}

void link_circle(const Document& document, Circle& circle, const Content& content, Report& report) {
  const json::Value& value = document.value;
  expect_known(document, *value.find("plan"), {circle.plan}, keys_of(content.plans), "plan",
               report);
  const std::vector<std::string> modes = choices_of(content, "travel_profile");
  const std::vector<std::string> groups = keys_of(content.groups);
  expect_known(document, *value.find("mode"), {circle.mode}, modes, "way to travel", report);
  if (circle.groups.empty()) circle.groups = groups;
  expect_known(document, value, circle.groups, groups, "group of residents", report);
  for (const auto& [group, profile] : circle.profiles) {
    const json::Value& at = *value.find("profiles")->find(group);
    expect_known(document, at, {group}, groups, "group of residents", report);
    expect_known(document, at, {profile}, modes, "way to travel", report);
  }
  if (circle.needs.size() > kMostNeeds) {
    report.add(document, *value.find("needs"), "too many needs", "at most 32");
  }
  for (CircleNeed& need : circle.needs) {
    const json::Value& at = *value.find("needs")->find(need.key);
    link_need(document, at, need, content, report);
    if (!need.room_for.empty()) {
      expect_known(document, at, {need.room_for}, groups, "group of residents", report);
    }
  }
}

void link_colocation(const Document& document, const Colocation& wanted, const Content& content,
                     Report& report) {
  const json::Value& value = document.value;
  const std::vector<std::string> kinds = choices_of(content, "facility_kind");
  expect_known(document, *value.find("plan"), {wanted.plan}, keys_of(content.plans), "plan",
               report);
  expect_known(document, *value.find("kinds"), wanted.kinds, kinds, "kind of facility", report);
  expect_known(document, *value.find("beside"), wanted.beside, kinds, "kind of facility", report);
}

}  // namespace

void read_circles(const Document& document, Content& content) {
  if (document.family == "circle") return content.circles.push_back(circle_of(document));
  if (document.family == "colocation") {
    return content.colocations.push_back(colocation_of(document));
  }
  ResidentGroup group;
  read_common(document, group);
  content.groups.push_back(std::move(group));
}

void add_circle_lists(Content& content) {
  if (content.circles.empty() && content.groups.empty()) return;
  const auto made = [](const char* key, Text name) {
    ChoiceList list;
    list.key = key;
    list.name = std::move(name);
    return list;
  };
  ChoiceList circles = made("circle", {"生活圈", "Life circle"});
  ChoiceList needs = made("circle_need", {"所需服务", "Service needed"});
  ChoiceList groups = made("resident_group", {"人群", "Group of residents"});
  needs.choices.push_back({std::string(kComplete), {"全部所需服务", "All services"}, {}, {}});
  const ChoiceList* kinds = content.list("facility_kind");
  for (const Circle& circle : content.circles) {
    circles.choices.push_back({circle.key, circle.name, {}, {}});
    for (const CircleNeed& need : circle.needs) {
      if (needs.find(need.key) != nullptr) continue;
      const Choice* kind = kinds == nullptr ? nullptr : kinds->find(need.key);
      const bool own = !need.name.zh.empty() || kind == nullptr;
      needs.choices.push_back({need.key, own ? need.name : kind->name, {}, {}});
    }
  }
  for (const ResidentGroup& group : content.groups) {
    groups.choices.push_back({group.key, group.name, {}, {}});
  }
  for (ChoiceList* list : {&circles, &needs, &groups}) content.lists.push_back(std::move(*list));
}

void link_circles(const Document& document, Content& content, Report& report) {
  const auto with_key = [&](auto& all) {
    return std::find_if(all.begin(), all.end(),
                        [&](const auto& one) { return one.key == document.key; });
  };
  if (document.family == "circle") {
    return link_circle(document, *with_key(content.circles), content, report);
  }
  if (document.family == "colocation") {
    return link_colocation(document, *with_key(content.colocations), content, report);
  }
  const Register* person = content.find_register(kPerson);
  const json::Value& text = *document.value.find("value");
  if (person == nullptr) {
    return report.add(document, text, "there is no register `person`", "a pack that declares it");
  }
  auto value = compiled(document, text, {.scope = &person->scope}, expr::Type::boolean, report);
  if (value) with_key(content.groups)->value = std::move(*value);
}

}  // namespace linli::pack
