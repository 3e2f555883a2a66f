#include "domain/siting/inquiry.h"

#include <algorithm>

namespace linli::siting {

namespace {

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

}  // namespace

shape::Shape inquiry_shape() {
  using shape::optional;
  using shape::required;
  return shape::object(
      {required("place", shape::place()), required("circle", shape::text(60)),
       required("need", shape::text(60)), optional("kind", shape::text(60)),
       optional("group", shape::text(60)),
       required("goal", shape::choice({"most_people", "least_walk", "fewest_sites"})),
       optional("new_sites", shape::integer(1, 200)), optional("share", shape::number(1, 100)),
       optional("minutes_urban", shape::integer(1, 120)),
       optional("minutes_rural", shape::integer(1, 120)),
       optional("existing_may_move", shape::boolean()),
       optional("candidates", shape::choice({"premises", "homes", "corners"})),
       optional("capacity", shape::integer(1, 1'000'000)), optional("cost", shape::number(0)),
       optional("budget", shape::number(0)), optional("weighted", shape::boolean()),
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
  made.new_sites = made.goal == Goal::fewest_sites
                       ? kMostCandidates
                       : static_cast<size_t>(question.integer("new_sites", 1));
  made.share = question.number("share", 100) / 100;
  made.minutes = made.need->minutes;
  if (const auto urban = minutes_in(question, "minutes_urban")) made.minutes.urban = urban;
  if (const auto rural = minutes_in(question, "minutes_rural")) made.minutes.rural = rural;
  made.existing_may_move = question.flag("existing_may_move");
  made.candidates = question.text("candidates");
  if (const auto capacity = number_in(question, "capacity")) {
    made.capacity = static_cast<int64_t>(*capacity);
  }
  made.cost = number_in(question, "cost");
  made.budget = number_in(question, "budget");
  made.weighted = question.flag("weighted");
  return made;
}

}  // namespace linli::siting
