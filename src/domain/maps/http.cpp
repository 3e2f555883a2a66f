#include "domain/maps/api.h"
#include "domain/maps/module.h"
#include "domain/maps/rules.h"
#include "host/context.h"

namespace linli::maps {
namespace {

using host::Context;
using net::Response;

// One layer as TileJSON 3.0 names it.
struct Told {
  std::string id;
  std::string geometry;  // areas, lines or points
  int least_zoom = 0;
  std::vector<std::string> layers;  // inside the tiles
  std::string attribution = {};
  bool synthetic = false;
};

std::vector<std::string> level_names() {
  std::vector<std::string> names;
  for (const LevelZoom& at : kLevelZooms) names.emplace_back(region::name_of(at.level));
  return names;
}

Result<Told> street_layer(Context& call, Maps& maps, std::string_view id) {
  const StreetMaps::Opened opened = TRY(maps.streets().open(call.services().settings.data_folder));
  Told told{std::string(id),
            id == kStreets ? "lines" : "points",
            id == kStreets ? 6 : kBuildingZoom,
            {std::string(id)}};
  if (opened.map == nullptr) return told;
  if (const auto about = json::parse(opened.map->network().about); about) {
    told.attribution = about->text("attribution");
    told.synthetic = about->flag("synthetic");
  }
  return told;
}

Result<Told> place_layer(Context& call, Maps& maps) {
  Told told{std::string(kPlaces), "areas", 0, level_names()};
  told.synthetic = TRY(call.read([&](db::Tx& tx) -> Result<bool> {
    return maps.outlines().synthetic(tx, call.services(), call.now());
  }));
  return told;
}

// Refuses as Maps::tile does.
Result<Told> layer_of(Context& call, Maps& maps, const std::string& id) {
  if (id == kPlaces) return place_layer(call, maps);
  if (id == kStreets || id == kBuildings) return street_layer(call, maps, id);
  const pack::Register* kind = call.content().find_register(id);
  if (kind == nullptr) return refuse(ErrorKind::not_found, "layer.not_found", id);
  TRY(scope_of(call.services(), call.actor(), *kind));
  return Told{id, "points", 0, {id}};
}

void write(json::Writer& out, const Told& told, const std::string& root, const tiles::Box& box) {
  out.begin_object().member("tilejson", "3.0.0").member("id", told.id);
  out.member("geometry", told.geometry);
  out.key("tiles").begin_array();
  out.value(root + "/api/v1/tiles/" + told.id + "/{z}/{x}/{y}.mvt").end_array();
  out.member("minzoom", told.least_zoom).member("maxzoom", kMostZoom);
  if (!told.attribution.empty()) out.member("attribution", told.attribution);
  out.member("synthetic", told.synthetic);
  if (box.west <= box.east) {
    out.key("bounds").begin_array();
    out.value(box.west).value(box.south).value(box.east).value(box.north).end_array();
  }
  out.key("vector_layers").begin_array();
  for (const std::string& layer : told.layers) {
    out.begin_object().member("id", layer).key("fields").begin_object().end_object().end_object();
  }
  out.end_array().end_object();
}

Result<tiles::Box> region_box(Context& call, Maps& maps) {
  const region::Code region = TRY(region::Code::parse(call.services().settings.region));
  return call.read([&](db::Tx& tx) -> Result<tiles::Box> {
    return maps.outlines().bounds(tx, call.services(), region, call.now());
  });
}

Result<Response> get_layers(Context& call, Maps& maps) {
  std::vector<std::string> ids = {std::string(kPlaces), std::string(kStreets),
                                  std::string(kBuildings)};
  for (const pack::Register& kind : call.content().registers) ids.push_back(kind.key);
  const tiles::Box box = TRY(region_box(call, maps));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const std::string& id : ids) {
      const Result<Told> told = layer_of(call, maps, id);
      if (told) write(out, *told, call.services().settings.public_url, box);
    }
    out.end_array().end_object();
  });
}

Result<Response> get_layer(Context& call, Maps& maps) {
  const Told told = TRY(layer_of(call, maps, call.path("layer")));
  const tiles::Box box = TRY(region_box(call, maps));
  return host::ok(
      [&](json::Writer& out) { write(out, told, call.services().settings.public_url, box); });
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

shape::Shape layer_shape() {
  return shape::open_object(
      {shape::required("id", shape::text()), shape::required("geometry", shape::text()),
       shape::required("tiles", shape::array(shape::text())),
       shape::required("minzoom", shape::integer()), shape::required("maxzoom", shape::integer()),
       shape::required("synthetic", shape::boolean()),
       shape::optional("attribution", shape::text())},
      "TileLayer");
}

}  // namespace

host::Module manifest() {
  const auto maps = std::make_shared<Maps>();
  const auto bound = [&](Result<Response> (*handle)(Context&, Maps&)) {
    return [maps, handle](Context& call) { return handle(call, *maps); };
  };
  return {.name = "maps",
          .about = "Maps of places, streets and registers as vector tiles.",
          .routes = {
              {.method = "GET",
               .path = "/api/v1/tiles",
               .permission = "public",
               .handle = bound(get_layers),
               .summary = "The layers that the caller may see, each as TileJSON 3.0",
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
