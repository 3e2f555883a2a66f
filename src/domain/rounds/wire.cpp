#include "domain/rounds/wire.h"

#include <cmath>

#include "domain/rounds/rules.h"

namespace linli::rounds {

namespace {

using json::Array;
using json::Object;
using json::Value;

Value point_of(places::Point point) {
  return Object{{"lon", point.lon}, {"lat", point.lat}};
}

int whole(double minute) {
  return static_cast<int>(std::lround(minute));
}

Object halt_of(const Halt& halt) {
  return {{"place", halt.village.text()},
          {"place_name", halt.name},
          {"point", point_of(halt.point)},
          {"persons", halt.persons},
          {"reached", halt.reached}};
}

Value tour_of(const Inquiry& inquiry, const Plan& plan, const Tour& tour, int vehicle) {
  Array visits;
  for (const Visit& visit : tour.visits) {
    Object row = halt_of(plan.halts[visit.stop]);
    row.emplace_back("arrive", clock(whole(visit.arrive_minute)));
    row.emplace_back("leave", clock(whole(visit.arrive_minute + inquiry.stay_minutes)));
    visits.emplace_back(std::move(row));
  }
  const auto days = static_cast<int>(inquiry.weekdays.size());
  const Visit& last = tour.visits.back();
  const double back = last.arrive_minute + inquiry.stay_minutes + plan.minutes[last.stop + 1][0];
  return Object{{"week", tour.day / days},
                {"weekday", inquiry.weekdays[static_cast<size_t>(tour.day % days)]},
                {"vehicle", vehicle},
                {"leaves", clock(whole(inquiry.start_minute))},
                {"returns", clock(whole(back))},
                {"travel_minutes", whole(tour.travel_minutes)},
                {"visits", std::move(visits)}};
}

}  // namespace

Value answer_of(const Inquiry& inquiry, const Plan& plan) {
  Array tours;
  int day = -1, vehicle = 0;
  for (const Tour& tour : plan.answer.tours) {
    vehicle = tour.day == day ? vehicle + 1 : 0;
    day = tour.day;
    tours.emplace_back(tour_of(inquiry, plan, tour, vehicle));
  }
  Array left_out;
  for (const uint32_t stop : plan.answer.left_out) left_out.emplace_back(halt_of(plan.halts[stop]));
  int64_t persons = 0;
  for (const Halt& halt : plan.halts) persons += halt.persons;
  return Object{{"has_map", plan.has_map},
                {"by_distance", plan.by_distance},
                {"stopped", plan.answer.stopped},
                {"stops", static_cast<int64_t>(plan.halts.size())},
                {"persons", persons},
                {"travel_minutes", whole(plan.answer.travel_minutes)},
                {"widest_minutes", whole(plan.answer.widest_minutes)},
                {"tours", std::move(tours)},
                {"left_out", std::move(left_out)}};
}

namespace {

void write_visit(json::Writer& out, const RoundVisit& visit) {
  out.member("place", visit.village.text()).member("place_name", visit.name);
  out.key("point").value(point_of(visit.point));
  out.member("week", visit.week).member("weekday", visit.weekday);
  out.member("vehicle", visit.vehicle);
  out.member("arrive", clock(visit.arrive_minute)).member("leave", clock(visit.leave_minute));
}

}  // namespace

void write(json::Writer& out, const Round& round, const std::vector<RoundVisit>& visits) {
  out.begin_object().member("id", round.id).member("place", round.place.text());
  out.member("name", round.name).member("weeks", round.weeks);
  out.member("valid_from", time::format_date(round.valid_from));
  out.key("valid_to");
  round.valid_to ? out.value(time::format_date(*round.valid_to)) : out.null();
  out.member("published_at", time::format(round.published_at));
  out.key("visits").begin_array();
  for (const RoundVisit& visit : visits) {
    out.begin_object();
    write_visit(out, visit);
    out.end_object();
  }
  out.end_array().end_object();
}

void write(json::Writer& out, const circles::Facility& base) {
  out.begin_object().member("id", base.id).member("name", base.name).member("kind", base.kind);
  out.member("place", base.place.text()).key("point").value(point_of(base.point));
  out.end_object();
}

void write(json::Writer& out, const Coming& coming) {
  out.begin_object().member("round", coming.round.id).member("name", coming.round.name);
  out.member("weeks", coming.round.weeks).member("day", time::format_date(coming.day));
  write_visit(out, coming.visit);
  out.end_object();
}

}  // namespace linli::rounds
