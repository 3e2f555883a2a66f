#include "domain/siting/inquiry.h"

#include <algorithm>

namespace linli::siting {

namespace {

constexpr std::string_view kWeights = "siting_weight";
constexpr std::string_view kSettings = "siting_setting";

Goal goal_named(std::string_view name) {
  if (name == "least_walk") return Goal::least_walk;
  if (name == "fewest_sites") return Goal::fewest_sites;
  return Goal::most_people;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<double> number_in(const json::Value& question, std::string_view name) {
  const json::Value* value = question.find(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->as_number();
}

std::optional<int> minutes_in(const json::Value& question, std::string_view name) {
  const auto minutes = number_in(question, name);
  if (!minutes) return std::nullopt;
  return static_cast<int>(*minutes);
}

std::optional<int64_t> persons_in(const json::Value& question, std::string_view name) {
  const auto persons = number_in(question, name);
  if (!persons) return std::nullopt;
  return static_cast<int64_t>(*persons);
}

// A number of a choice, as the packs say.
std::optional<double> attribute(const pack::Choice& choice, std::string_view name) {
  const auto found = choice.attributes.find(std::string(name));
  if (found == choice.attributes.end() || !found->second.is_number()) return std::nullopt;
  return found->second.as_number();
}

Assumption setting(const pack::Content& content, const json::Value& question, std::string_view key,
                   double without) {
  Assumption made{.key = std::string(key), .value = without};
  const pack::ChoiceList* list = content.list(kSettings);
  const pack::Choice* choice = list == nullptr ? nullptr : list->find(key);
  if (choice != nullptr) made.value = attribute(*choice, "value").value_or(without);
  if (const auto own = number_in(question, key)) made.value = *own, made.asked = true;
  return made;
}

// The question's own weights, each with a group; else, where they are wanted, the packs'.
Result<std::vector<Assumption>> weights_in(const pack::Content& content,
                                           const json::Value& question) {
  std::vector<Assumption> weights;
  if (const json::Value* own = question.find("weights"); own != nullptr && own->is_array()) {
    for (const json::Value& one : own->as_array()) {
      weights.push_back({one.text("group"), one.number("weight"), true});
      const bool known = std::any_of(content.groups.begin(), content.groups.end(),
                                     [&](auto& of) { return of.key == weights.back().key; });
      if (!known) return refuse(ErrorKind::not_found, "circle.group_unknown", one.text("group"));
    }
    return weights;
  }
  const pack::ChoiceList* list = content.list(kWeights);
  if (!question.flag("weighted") || list == nullptr) return weights;
  for (const pack::Choice& choice : list->choices) {
    if (const auto weight = attribute(choice, "weight")) weights.push_back({choice.key, *weight});
  }
  return weights;
}

// Room is counted where somebody says how much there is of it, or for whom the places are.
bool counts_room(const Inquiry& inquiry, const json::Value& question) {
  if (const json::Value* said = question.find("count_room"); said != nullptr && said->is_bool()) {
    return said->as_bool();
  }
  if (inquiry.capacity || inquiry.existing_capacity) return true;
  return inquiry.need->room_for == inquiry.group && inquiry.weights.empty();
}

}  // namespace

shape::Shape inquiry_shape() {
  using shape::optional;
  using shape::required;
  return shape::object(
      {required("place", shape::place()),
       required("circle", shape::text(60)),
       required("need", shape::text(60)),
       optional("kind", shape::text(60)),
       optional("group", shape::text(60)),
       required("goal", shape::choice({"most_people", "least_walk", "fewest_sites"})),
       optional("new_sites", shape::integer(1, 200)),
       optional("share", shape::number(1, 100)),
       optional("minutes_urban", shape::integer(1, 120)),
       optional("minutes_rural", shape::integer(1, 120)),
       optional("existing_may_move", shape::boolean()),
       optional("candidates", shape::choice({"premises", "homes", "corners"})),
       optional("count_room", shape::boolean()),
       optional("capacity", shape::integer(1, 1'000'000)),
       optional("existing_capacity", shape::integer(0, 1'000'000)),
       optional("cost", shape::number(0)),
       optional("budget", shape::number(0)),
       optional("weighted", shape::boolean()),
       optional("weights", shape::array(shape::object({required("group", shape::text(60)),
                                                       required("weight", shape::number(1, 100))}),
                                        64)),
       optional("most_candidates", shape::integer(10, 20'000)),
       optional("beyond", shape::number(1, 10)),
       optional("seed", shape::integer(1, 1'000'000))},
      "SitingQuestion");
}

Result<Inquiry> read_inquiry(const pack::Content& content, const json::Value& question) {
  Inquiry made;
  made.place = TRY(region::Code::parse(question.text("place")));
  if (made.place.level() < region::Level::county) {
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  }
  made.circle = content.circle(question.text("circle"));
  if (made.circle == nullptr) {
    return refuse(ErrorKind::not_found, "circle.unknown", question.text("circle"));
  }
  made.need = made.circle->need(question.text("need"));
  if (made.need == nullptr) {
    return refuse(ErrorKind::not_found, "siting.unknown_need", question.text("need"));
  }
  made.kind = question.text("kind", made.need->kinds.front());
  if (!has(made.need->kinds, made.kind)) {
    return refuse(ErrorKind::not_found, "siting.unknown_kind", made.kind);
  }
  const std::vector<std::string>& groups = made.circle->groups;
  made.group = question.text("group", groups.empty() ? "" : groups.front());
  if (!has(groups, made.group)) {
    return refuse(ErrorKind::not_found, "circle.group_unknown", made.group);
  }
  for (size_t i = 0; i < content.groups.size(); ++i) {
    if (content.groups[i].key == made.group) made.group_bit = uint64_t{1} << i;
  }
  made.goal = goal_named(question.text("goal"));
  made.new_sites = static_cast<size_t>(question.integer("new_sites", 1));
  made.share = question.number("share", 100) / 100;
  made.minutes = made.need->minutes;
  if (const auto urban = minutes_in(question, "minutes_urban")) made.minutes.urban = urban;
  if (const auto rural = minutes_in(question, "minutes_rural")) made.minutes.rural = rural;
  made.existing_may_move = question.flag("existing_may_move");
  made.candidates = question.text("candidates");
  made.capacity = persons_in(question, "capacity");
  made.existing_capacity = persons_in(question, "existing_capacity");
  made.cost = number_in(question, "cost");
  made.budget = number_in(question, "budget");
  made.weights = TRY(weights_in(content, question));
  made.most_candidates = setting(content, question, "most_candidates", 0);
  made.beyond = setting(content, question, "beyond", 1);
  made.count_room = counts_room(made, question);
  // A place holds persons, whatever they count for.
  if (made.count_room && !made.weights.empty())
    return refuse(ErrorKind::invalid, "siting.weights_with_room");
  return made;
}

}  // namespace linli::siting
