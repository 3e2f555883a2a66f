#include "domain/rounds/rules.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace linli::rounds {

namespace {

constexpr int kDaysInWeek = 7;

int minute_now(time::Instant now) {
  return static_cast<int>((now - time::start_of(time::date_of(now))) / time::kMinute);
}

}  // namespace

std::optional<time::Date> next_day(const Round& round, const RoundVisit& visit, time::Instant now) {
  const time::Date today = time::date_of(now);
  const time::Date first_monday =
      time::add_days(round.valid_from, -time::weekday(round.valid_from));
  time::Date day = std::max(today, round.valid_from);
  if (day == today && minute_now(now) >= visit.leave_minute) day = time::add_days(day, 1);
  for (int i = 0; i < kDaysInWeek * round.weeks; ++i, day = time::add_days(day, 1)) {
    if (round.valid_to && day > *round.valid_to) return std::nullopt;
    const int64_t week = time::days_between(first_monday, day) / kDaysInWeek;
    if (time::weekday(day) == visit.weekday && week % round.weeks == visit.week) return day;
  }
  return std::nullopt;
}

std::vector<RoundVisit> visits_of(const json::Value& answer) {
  std::vector<RoundVisit> visits;
  for (const json::Value& tour : answer.find("tours")->as_array()) {
    for (const json::Value& at : tour.find("visits")->as_array()) {
      const json::Value& point = *at.find("point");
      visits.push_back({.village = MUST(region::Code::parse(at.text("place"))),
                        .name = at.text("place_name"),
                        .point = {point.number("lon"), point.number("lat")},
                        .week = static_cast<int>(tour.integer("week")),
                        .weekday = static_cast<int>(tour.integer("weekday")),
                        .vehicle = static_cast<int>(tour.integer("vehicle")),
                        .arrive_minute = MUST(minute_of(at.text("arrive"))),
                        .leave_minute = MUST(minute_of(at.text("leave")))});
    }
  }
  return visits;
}

std::vector<const circles::Facility*> bases_among(const std::vector<circles::Facility>& known,
                                                  region::Code place, std::string_view query,
                                                  size_t most) {
  const std::string wanted = text::fold(query);
  const auto fits = [&](const circles::Facility& facility) {
    return wanted.empty() || text::search_key({facility.name}).find(wanted) != std::string::npos;
  };
  std::vector<const circles::Facility*> found;
  for (const circles::Facility& facility : known) {
    if (facility.in_service && place.contains(facility.place) && fits(facility)) {
      found.push_back(&facility);
    }
  }
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return std::tie(a->name, a->id) < std::tie(b->name, b->id);
  });
  if (found.size() > most) found.resize(most);
  return found;
}

std::string clock(int minute) {
  const auto two = [](int number) {
    const std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
  };
  return two(minute / 60) + ":" + two(minute % 60);
}

Result<int> minute_of(std::string_view clock) {
  int hour = -1, minute = -1;
  if (clock.size() == 5 && clock[2] == ':') {
    std::from_chars(clock.data(), clock.data() + 2, hour);
    std::from_chars(clock.data() + 3, clock.data() + 5, minute);
  }
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59)
    return refuse(ErrorKind::invalid, "round.bad_time", std::string(clock));
  return hour * 60 + minute;
}

}  // namespace linli::rounds
