// What is in reach of a point: for everybody.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/text.h"
#include "domain/circles/routes.h"
#include "domain/circles/wire.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

constexpr double kMostMinutes = 120;
constexpr size_t kMostFacilities = 500;

Result<double> number(const Context& call, std::string_view name, double least, double most) {
  const std::string_view text = call.query(name);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() ||
      !(value >= least && value <= most)) {
    return refuse_fields({{"/" + std::string(name), "field.format",
                           "a number from " + json::write(json::Value(least)) + " to " +
                               json::write(json::Value(most))}});
  }
  return value;
}

// Where from, how long, how: ?lon=…&lat=…&minutes=…&profile=walk
struct Asked {
  places::Point point;
  double seconds = 0;
  std::shared_ptr<const Way> way;
};
Result<Asked> asked(Context& call, Circles& circles) {
  Asked made;
  made.point.lon = TRY(number(call, "lon", -180, 180));
  made.point.lat = TRY(number(call, "lat", -85, 85));
  made.seconds = TRY(number(call, "minutes", 1, kMostMinutes)) * 60;
  const std::string profile(call.query("profile"));
  made.way = TRY(circles.way(call.services(), profile.empty() ? "walk" : profile));
  return made;
}

void write_point(json::Writer& out, places::Point point) {
  out.begin_array().value(point.lon).value(point.lat).end_array();
}

std::optional<OpeningHours::State> opening(const Context& call, const Facility& facility) {
  if (!facility.opening) return std::nullopt;
  return facility.opening->at(call.content().calendar, call.now());
}

// Leaves what the request asks for: ?kinds=a,b&per_kind=2&open_now=true
Done narrow(const Context& call, std::vector<Reached>& reached) {
  const std::vector<std::string> kinds = text::split(call.query("kinds"), ',');
  if (!call.query("kinds").empty()) {
    std::erase_if(reached, [&](const Reached& at) {
      return std::find(kinds.begin(), kinds.end(), at.facility->kind) == kinds.end();
    });
  }
  if (call.query("open_now") == "true") {
    std::erase_if(reached, [&](const Reached& at) {
      const auto state = opening(call, *at.facility);
      return !state || !state->open;
    });
  }
  if (call.query("per_kind").empty()) return {};
  const auto most = static_cast<int>(TRY(number(call, "per_kind", 1, kMostFacilities)));
  std::map<std::string, int> taken;
  std::erase_if(reached, [&](const Reached& at) { return ++taken[at.facility->kind] > most; });
  return {};
}

// `open` is null where the opening times are not known; `until` says when that changes.
void write_opening(json::Writer& out, const Context& call, const Facility& facility) {
  const auto state = opening(call, facility);
  out.key("opening");
  facility.opening ? out.value(facility.opening->text()) : out.null();
  out.key("open");
  state ? out.value(state->open) : out.null();
  out.key("until");
  state && state->until ? out.value(time::format(*state->until)) : out.null();
}

Result<Response> get_reach(Context& call, Circles& circles) {
  const Asked from = TRY(asked(call, circles));
  const auto known = circles.facilities(call.services(), call.now());
  std::vector<Reached> reached = in_reach(*from.way, *known, from.point, from.seconds);
  TRY(narrow(call, reached));
  const bool more = reached.size() > kMostFacilities;
  if (more) reached.resize(kMostFacilities);
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    write_source(out, *from.way);
    out.member("more", more).key("items").begin_array();
    for (const Reached& at : reached) {
      out.begin_object();
      out.member("id", at.facility->id).member("kind", at.facility->kind);
      out.member("name", at.facility->name);
      const text::Pinyin spelt = text::pinyin(at.facility->name);
      out.member("pinyin", spelt.full + " " + spelt.initials);
      out.member("place", at.facility->place.text());
      out.member("address", at.facility->address).member("phone", at.facility->phone);
      out.key("point").begin_object();
      out.member("lon", at.facility->point.lon).member("lat", at.facility->point.lat);
      out.end_object();
      out.member("minutes", std::round(at.seconds / 6) / 10);
      out.member("estimate", at.estimate);
      write_opening(out, call, *at.facility);
      out.end_object();
    }
    out.end_array().end_object();
  });
}

Result<Response> get_middle(Context& call, Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  const auto known = circles.facilities(call.services(), call.now());
  const std::optional<places::Point> middle = middle_of(*known, place);
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("point");
    if (middle) {
      out.begin_object().member("lon", middle->lon).member("lat", middle->lat).end_object();
    } else {
      out.null();
    }
    out.end_object();
  });
}

void write_ring(json::Writer& out, std::span<const geo::Location> ring) {
  out.begin_array();
  for (const geo::Location& at : ring) write_point(out, off_map(at));
  if (!ring.empty()) write_point(out, off_map(ring.front()));
  out.end_array();
}

// Without a street near: the circle that the straight line allows.
geo::Polygon round_area(const Asked& from) {
  constexpr int kCorners = 64;
  constexpr double kMetresPerDegree = 111'195;
  const double metres = from.seconds * from.way->profile.speed_kmh / 3.6 / from.way->profile.detour;
  const double shorten = std::cos(from.point.lat * std::numbers::pi / 180);
  geo::Polygon area;
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2 * std::numbers::pi * i / kCorners;
    area.outer.push_back(
        on_map({from.point.lon + metres * std::cos(angle) / kMetresPerDegree / shorten,
                from.point.lat + metres * std::sin(angle) / kMetresPerDegree}));
  }
  return area;
}

Result<Response> get_isochrone(Context& call, Circles& circles) {
  const Asked from = TRY(asked(call, circles));
  const geo::Anchor start = from.way->snap(from.point).anchor;
  const bool estimate = start.street == geo::kNoStreet;
  std::vector<geo::Polygon> area;
  size_t doors = 0;
  if (estimate) {
    area.push_back(round_area(from));
  } else {
    geo::Isochrones search(*from.way->travel, geo::Direction::from_point);
    search.search(start, static_cast<geo::Time>(from.seconds * geo::kUnitsPerSecond));
    area = search.polygons();
    doors = search.doors().size();
  }
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("type", "Feature").key("properties").begin_object();
    out.member("minutes", from.seconds / 60);
    out.member("profile", from.way->profile.key);
    out.member("estimate", estimate);
    if (!estimate) out.member("doors", static_cast<int64_t>(doors));
    write_source(out, *from.way);
    out.end_object().key("geometry").begin_object().member("type", "MultiPolygon");
    out.key("coordinates").begin_array();
    for (const geo::Polygon& polygon : area) {
      out.begin_array();
      write_ring(out, polygon.outer);
      for (const auto& hole : polygon.holes) write_ring(out, hole);
      out.end_array();
    }
    out.end_array().end_object().end_object();
  });
}

}  // namespace

std::vector<host::Route> reach_routes(const std::shared_ptr<Circles>& circles) {
  const std::vector<shape::Field> from{
      shape::required("lon", shape::text(30)), shape::required("lat", shape::text(30)),
      shape::required("minutes", shape::text(10)), shape::optional("profile", shape::text(60))};
  std::vector<shape::Field> reach = from;
  reach.push_back(shape::optional("kinds", shape::text(2000)));
  reach.push_back(shape::optional("per_kind", shape::text(3)));
  reach.push_back(shape::optional("open_now", shape::choice({"true", "false"})));
  return {
      {.method = "GET",
       .path = "/api/v1/circles/reach",
       .permission = "public",
       .handle = bound(get_reach, circles),
       .summary = "Facilities in service within so many minutes of a point, the nearest first",
       .query = reach,
       .output = shape::open_object({}, "Reach"),
       .errors = way_errors()},
      {.method = "GET",
       .path = "/api/v1/circles/middle",
       .permission = "public",
       .handle = bound(get_middle, circles),
       .summary = "The middle of a place's services: where its guide begins; null without any",
       .query = {shape::required("place", shape::place())},
       .output = shape::open_object({}, "Middle")},
      {.method = "GET",
       .path = "/api/v1/circles/isochrone",
       .permission = "public",
       .handle = bound(get_isochrone, circles),
       .summary = "The area within so many minutes of a point, as a GeoJSON feature",
       .query = from,
       .output = shape::open_object({}, "Isochrone"),
       .errors = way_errors()},
  };
}

}  // namespace linli::circles
