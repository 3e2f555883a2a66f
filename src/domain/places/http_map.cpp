// Where places lie: their outlines, and the village of a point.
#include <charconv>
#include <cmath>

#include "domain/places/api.h"
#include "domain/places/wire.h"
#include "host/context.h"

namespace linli::places {

Result<Code> asked_place(const host::Context& call);

namespace {

using host::Context;
using net::Response;

Result<double> degrees(const Context& call, const std::string& name, double limit) {
  const std::string_view text = call.query(name);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= limit)) {
    return refuse_fields({{"/" + name, "field.format", "degrees"}});
  }
  return value;
}

Result<Response> get_at(Context& call) {
  const Point point{TRY(degrees(call, "lon", 180)), TRY(degrees(call, "lat", 90))};
  const Code within = TRY(Code::parse(call.services().settings.region));
  struct Found {
    Place place;
    std::vector<Reference> above;
  };
  const Found found = TRY(call.read([&](db::Tx& tx) -> Result<Found> {
    Atlas atlas(outlines_folder(call.services().settings));
    const auto village = atlas.village_at(tx, within, point);
    if (!village) return refuse(ErrorKind::not_found, "place.nowhere");
    return Found{TRY(find(tx, *village)), ancestors(tx, *village)};
  }));
  return host::ok([&](json::Writer& out) { write(out, found.place, found.above); });
}

Result<Response> get_outline(Context& call) {
  const Code code = TRY(asked_place(call));
  Atlas atlas(outlines_folder(call.services().settings));
  const auto cells = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Cell>> {
    TRY(find(tx, code));
    return atlas.children(tx, code);
  }));
  Response response = host::ok([&](json::Writer& out) {
    out.begin_object().member("type", "FeatureCollection").key("features").begin_array();
    for (const Cell& cell : cells) write(out, cell);
    out.end_array().end_object();
  });
  response.headers.emplace_back("cache-control", "private, max-age=300");
  return response;
}

}  // namespace

std::vector<host::Route> map_routes() {
  return {
      {.method = "GET",
       .path = "/api/v1/places/at",
       .permission = "public",
       .handle = get_at,
       .summary = "The village of a point (WGS-84) in this installation's region",
       .query = {shape::required("lon", shape::text(30)), shape::required("lat", shape::text(30))},
       .output = place_shape(),
       .errors = {"place.nowhere"}},
      {.method = "GET",
       .path = "/api/v1/places/{code}/outline",
       .permission = "public",
       .handle = get_outline,
       .summary = "A GeoJSON map of the places right below",
       .output = shape::open_object({}, "FeatureCollection"),
       .errors = {"place.not_found"}},
  };
}

}  // namespace linli::places
