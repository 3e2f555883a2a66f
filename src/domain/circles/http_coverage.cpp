// Who has what in reach, as kept: for those who see a place's figures.
#include <algorithm>

#include "domain/circles/routes.h"
#include "domain/circles/wire.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

Result<Response> get_coverage(Context& call, Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  TRY(call.require("figure.read", place));
  const std::string circle = call.path("circle");
  return answer(
      TRY(circles.coverage(call.services(), circle, call.query("group"), place, call.now())),
      circle);
}

// The needs that some of the group have not in reach, those of most first.
std::vector<std::pair<std::string, int64_t>> gaps_of(const VillageCircle& row) {
  std::vector<std::pair<std::string, int64_t>> gaps;
  for (const auto& [need, reached] : row.needs) {
    if (reached < row.located) gaps.emplace_back(need, row.located - reached);
  }
  std::stable_sort(gaps.begin(), gaps.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return gaps;
}

Result<Response> get_gaps(Context& call, Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  TRY(call.require("figure.read", place));
  PlaceCircle made = TRY(circles.coverage(call.services(), call.path("circle"), call.query("group"),
                                          place, call.now()));
  std::erase_if(made.rows, [](const VillageCircle& row) { return gaps_of(row).empty(); });
  std::stable_sort(made.rows.begin(), made.rows.end(),
                   [](const VillageCircle& a, const VillageCircle& b) {
                     return a.located - a.complete > b.located - b.complete;
                   });
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    out.member("circle", call.path("circle"));
    out.member("resident_group", made.resident_group);
    out.member("pending", made.pending);
    out.key("items").begin_array();
    for (const VillageCircle& row : made.rows) {
      out.begin_object();
      out.member("place", row.village.text());
      out.member("located", row.located);
      out.member("incomplete", row.located - row.complete);
      out.key("gaps").begin_array();
      for (const auto& [need, residents] : gaps_of(row)) {
        out.begin_object().member("need", need).member("residents", residents).end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().end_object();
  });
}

}  // namespace

std::vector<host::Route> coverage_routes(const std::shared_ptr<Circles>& circles) {
  std::vector<std::string> errors = way_errors();
  errors.insert(errors.end(), {"circle.unknown", "circle.group_unknown", "circle.place_too_large"});
  const std::vector<shape::Field> query{shape::required("place", shape::place()),
                                        shape::optional("group", shape::text(80))};
  return {
      {.method = "GET",
       .path = "/api/v1/circles/{circle}/coverage",
       .permission = "figure.read",
       .handle = bound(get_coverage, circles),
       .summary = "How many of a group have a circle's services in reach, by village, as kept",
       .query = query,
       .output = shape::open_object({}, "CircleCoverage"),
       .errors = errors},
      {.method = "GET",
       .path = "/api/v1/circles/{circle}/gaps",
       .permission = "figure.read",
       .handle = bound(get_gaps, circles),
       .summary = "Villages whose circle is incomplete for some, the largest gap first",
       .query = query,
       .output = shape::open_object({}, "CircleGaps"),
       .errors = errors},
  };
}

}  // namespace linli::circles
