// Which facilities stand beside those that the plans want beside them.
#include <cmath>

#include "domain/circles/routes.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

void write_facility(json::Writer& out, const Facility& facility) {
  out.begin_object();
  out.member("id", facility.id).member("kind", facility.kind).member("name", facility.name);
  out.member("place", facility.place.text());
  out.end_object();
}

Result<Response> get_colocations(Context& call, Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  TRY(call.require("figure.read", place));
  if (place.level() < region::Level::county) {
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  }
  const auto known = circles.facilities(call.services(), call.now());
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const pack::Colocation& wanted : call.content().colocations) {
      const pack::PlanHeader* plan = call.content().plan(wanted.plan);
      if (plan == nullptr || !plan->territory.contains(place)) continue;
      const std::vector<Neighbour> found = neighbours(wanted, *known, place);
      int64_t kept = 0;
      for (const Neighbour& one : found) kept += one.kept ? 1 : 0;
      out.begin_object();
      out.member("key", wanted.key).member("plan", wanted.plan).member("metres", wanted.metres);
      out.member("facilities", static_cast<int64_t>(found.size())).member("kept", kept);
      out.key("apart").begin_array();
      for (const Neighbour& one : found) {
        if (one.kept) continue;
        out.begin_object().key("facility");
        write_facility(out, *one.facility);
        out.key("nearest");
        one.nearest != nullptr ? write_facility(out, *one.nearest) : static_cast<void>(out.null());
        out.key("metres");
        one.nearest != nullptr ? out.value(std::round(one.metres)) : out.null();
        out.end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().end_object();
  });
}

}  // namespace

std::vector<host::Route> colocation_routes(const std::shared_ptr<Circles>& circles) {
  return {
      {.method = "GET",
       .path = "/api/v1/colocations",
       .permission = "figure.read",
       .handle = bound(get_colocations, circles),
       .summary = "Facilities that the plans want side by side: how many are, and which are not",
       .query = {shape::required("place", shape::place())},
       .output = shape::open_object({}, "Colocations"),
       .errors = {"circle.place_too_large"}},
  };
}

}  // namespace linli::circles
