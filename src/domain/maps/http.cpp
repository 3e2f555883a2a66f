#include "domain/maps/layers.h"
#include "domain/maps/module.h"
#include "domain/maps/rules.h"
#include "host/context.h"

namespace linli::maps {
namespace {

using host::Context;
using net::Response;

std::vector<places::Reference> children_of(db::Tx& tx, region::Code parent) {
  constexpr int64_t kAtOnce = 200;
  std::vector<places::Reference> all;
  region::Code after = parent;
  for (;;) {
    const std::vector<places::Place> some = places::children(tx, parent, after, kAtOnce);
    for (const places::Place& child : some) all.push_back({child.code, child.name});
    if (std::ssize(some) < kAtOnce) return all;
    after = some.back().code;
  }
}

Result<tiles::Box> region_box(Context& call, Maps& maps) {
  const region::Code region = TRY(region::Code::parse(call.services().settings.region));
  return call.read([&](db::Tx& tx) -> Result<tiles::Box> {
    return maps.outlines().bounds(tx, call.services(), region);
  });
}

Result<Response> get_layers(Context& call, Maps& maps) {
  const std::vector<MapLayer> layers = layers_of(call, maps, TRY(read_kinds(call.query("kinds"))));
  const tiles::Box box = TRY(region_box(call, maps));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const MapLayer& layer : layers) write(out, call, layer, box);
    out.end_array().end_object();
  });
}

Result<Response> get_layer(Context& call, Maps& maps) {
  const MapLayer layer = TRY(layer_named(call, maps, call.path("layer")));
  const tiles::Box box = TRY(region_box(call, maps));
  return host::ok([&](json::Writer& out) { write(out, call, layer, box); });
}

// The table that says the same as a layer of figures.
Result<Response> get_places(Context& call, Maps& maps) {
  const Figure figure = TRY(maps.figures().named(call.services(), call.path("layer")));
  const region::Code parent = TRY(call.query_place("parent"));
  TRY(call.require(kFigurePermission, parent));
  std::map<region::Code, std::string> names;
  const auto figures = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<PlaceFigure>> {
    std::vector<region::Code> codes;
    for (const places::Reference& child : children_of(tx, parent)) {
      codes.push_back(child.code);
      names[child.code] = child.name;
    }
    return figure.seen(tx, call.services(), call.actor(), codes, call.now());
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const PlaceFigure& at : figures) {
      out.begin_object().member("place", at.place.text()).member("place_name", names[at.place]);
      out.member("value", at.value).member("numerator", at.numerator);
      out.member("denominator", at.denominator).member("period", at.period).end_object();
    }
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> get_tile(Context& call, Maps& maps) {
  const tiles::Tile tile = TRY(read_tile(call.path("z"), call.path("x"), call.path("file")));
  const Made made =
      TRY(maps.tile(call.services(), call.actor(), call.path("layer"), tile, call.now()));
  Response response;
  response.headers = {{"content-type", "application/vnd.mapbox-vector-tile"},
                      {"etag", "\"" + made.tag + "\""},
                      // Whether it is still so is one short question.
                      {"cache-control", "private, no-cache"}};
  response.body = *made.bytes;
  return response;
}

Result<Response> get_package(Context& call, Maps& maps) {
  const region::Code place = TRY(region::Code::parse(call.path("place")));
  const region::Code region = TRY(region::Code::parse(call.services().settings.region));
  if (!region.contains(place)) return refuse(ErrorKind::not_found, "place.not_found");
  TRY(call.read([&](db::Tx& tx) { return places::find(tx, place); }));
  Response response;
  response.file = TRY(package_file(call.services(), maps, place, call.now()));
  response.headers = {{"content-type", "application/vnd.pmtiles"}};
  return response;
}

shape::Shape place_shape() {
  const auto number = [](std::string name) {
    return shape::Field{std::move(name), shape::number(), true, true};
  };
  return shape::object(
      {shape::required("place", shape::place()), shape::required("place_name", shape::text()),
       number("value"), number("numerator"), number("denominator"),
       shape::required("period", shape::text())},
      "FigureAtPlace");
}

}  // namespace

host::Module manifest(const std::shared_ptr<Maps>& maps) {
  const auto bound = [&](Result<Response> (*handle)(Context&, Maps&)) {
    return [maps, handle](Context& call) { return handle(call, *maps); };
  };
  return {.name = "maps",
          .about = "Maps of places, streets, registers and figures as vector tiles.",
          .routes = {
              {.method = "GET",
               .path = "/api/v1/tiles",
               .permission = "public",
               .handle = bound(get_layers),
               .summary = "The layers that the caller may see, each as TileJSON 3.0",
               .query = {shape::optional("kinds", shape::text(100))},
               .output = shape::object({shape::required("items", shape::array(layer_shape()))},
                                       "TileLayers")},
              {.method = "GET",
               .path = "/api/v1/tiles/{layer}",
               .permission = "public",
               .handle = bound(get_layer),
               .summary = "One layer as TileJSON 3.0",
               .output = layer_shape(),
               .errors = {"layer.not_found", "register.without_point"}},
              {.method = "GET",
               .path = "/api/v1/tiles/{layer}/places",
               .permission = "figure.read",
               .handle = bound(get_places),
               .summary = "The figure of a layer at the places right below one",
               .query = {shape::optional("parent", shape::place())},
               .output = shape::page(place_shape()),
               .errors = {"layer.not_found", "place.bad_code"}},
              {.method = "GET",
               .path = "/api/v1/tiles/{layer}/{z}/{x}/{file}",
               .permission = "public",
               .handle = bound(get_tile),
               .summary = "A vector tile (MVT 2.1), cut to what the caller may see; where records "
                          "are too many, how many there are",
               .errors = {"layer.not_found", "tile.not_found", "register.without_point"}},
              {.method = "GET",
               .path = "/api/v1/map-packages/{place}",
               .permission = "signed_in",
               .handle = bound(get_package),
               .summary = "A place's map without a network: PMTiles of places, streets and "
                          "facilities, by ranges or whole",
               .errors = {"place.not_found", "tiles.nothing_to_draw"}},
          }};
}

}  // namespace linli::maps
