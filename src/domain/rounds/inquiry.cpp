#include "domain/rounds/inquiry.h"

#include <algorithm>

#include "domain/rounds/rules.h"

namespace linli::rounds {

namespace {

constexpr int64_t kMostStops = 300;

std::vector<int> weekdays_in(const json::Value& question) {
  std::vector<int> days;
  for (const json::Value& day : question.find("weekdays")->as_array()) {
    days.push_back(static_cast<int>(day.as_int()));
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

shape::Shape inquiry_shape() {
  using shape::optional;
  using shape::required;
  return shape::object(
      {required("place", shape::place()), required("name", shape::text(60)),
       required("circle", shape::text(60)), required("need", shape::text(60)),
       optional("group", shape::text(60)), optional("below", shape::number(0, 100)),
       optional("stops", shape::array(shape::place(), kMostStops)),
       required("base", shape::object({required("lon", shape::number(-180, 180)),
                                       required("lat", shape::number(-85, 85))})),
       optional("base_name", shape::text(80)), optional("profile", shape::text(60)),
       required("vehicles", shape::integer(1, 50)),
       required("weekdays", shape::array(shape::integer(0, 6), 7)),
       optional("weeks", shape::integer(1, 4)), optional("visits", shape::integer(1, 28)),
       optional("stay_minutes", shape::integer(5, 480)), optional("start", shape::text(5)),
       optional("most_hours", shape::number(1, 16)),
       optional("seed", shape::integer(1, 1'000'000))},
      "RoundQuestion");
}

Result<Inquiry> read_inquiry(const pack::Content& content, const json::Value& question) {
  Inquiry made;
  made.place = TRY(region::Code::parse(question.text("place")));
  if (made.place.level() < region::Level::county)
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  made.name = question.text("name");
  made.circle = content.circle(question.text("circle"));
  if (made.circle == nullptr)
    return refuse(ErrorKind::not_found, "circle.unknown", question.text("circle"));
  made.need = made.circle->need(question.text("need"));
  if (made.need == nullptr)
    return refuse(ErrorKind::not_found, "siting.unknown_need", question.text("need"));
  const std::vector<std::string>& groups = made.circle->groups;
  made.group = question.text("group", groups.empty() ? "" : groups.front());
  if (std::find(groups.begin(), groups.end(), made.group) == groups.end())
    return refuse(ErrorKind::not_found, "circle.group_unknown", made.group);
  made.below = question.number("below", 50) / 100;
  if (const json::Value* stops = question.find("stops"); stops != nullptr && stops->is_array()) {
    for (const json::Value& stop : stops->as_array()) {
      made.stops.push_back(TRY(region::Code::parse(stop.as_string())));
      if (!made.place.contains(made.stops.back()))
        return refuse(ErrorKind::invalid, "round.not_below", stop.as_string());
    }
  }
  const json::Value& base = *question.find("base");
  made.base = {base.number("lon"), base.number("lat")};
  made.profile = question.text("profile", "drive");
  made.vehicles = static_cast<int>(question.integer("vehicles"));
  made.weekdays = weekdays_in(question);
  made.weeks = static_cast<int>(question.integer("weeks", 1));
  made.visits = static_cast<int>(question.integer("visits", 1));
  if (made.visits > made.days()) return refuse(ErrorKind::invalid, "round.too_many_visits");
  made.stay_minutes = static_cast<double>(question.integer("stay_minutes", 60));
  made.start_minute = TRY(minute_of(question.text("start", "08:00")));
  made.most_minutes = question.number("most_hours", 8) * 60;
  return made;
}

}  // namespace linli::rounds
