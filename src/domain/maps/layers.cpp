#include "domain/maps/layers.h"

#include <algorithm>
#include <iterator>

#include "core/text.h"

namespace linli::maps {
namespace {

using host::Context;

std::vector<std::string> level_names() {
  std::vector<std::string> names;
  for (const LevelZoom& at : kLevelZooms) names.emplace_back(region::name_of(at.level));
  return names;
}

Result<MapLayer> street_layer(Context& call, Maps& maps, std::string_view id) {
  const StreetMaps::Opened opened = TRY(maps.streets().open(call.services().settings.data_folder));
  MapLayer layer{.id = std::string(id), .kind = LayerKind::streets};
  layer.geometry = id == kStreets ? "lines" : "points";
  layer.least_zoom = id == kStreets ? 6 : kBuildingZoom;
  layer.layers = {layer.id};
  if (opened.map == nullptr) return layer;
  if (const auto about = json::parse(opened.map->network().about); about) {
    layer.attribution = about->text("attribution");
    layer.synthetic = about->flag("synthetic");
  }
  return layer;
}

Result<MapLayer> place_layer(Context& call, Maps& maps) {
  MapLayer layer{.id = std::string(kPlaces), .kind = LayerKind::places, .geometry = "areas"};
  layer.layers = level_names();
  layer.synthetic = TRY(call.read(
      [&](db::Tx& tx) -> Result<bool> { return maps.outlines().synthetic(tx, call.services()); }));
  return layer;
}

Result<MapLayer> record_layer(Context& call, const pack::Register& kind) {
  TRY(scope_of(call.services(), call.actor(), kind));
  return MapLayer{.id = kind.key,
                  .kind = LayerKind::records,
                  .geometry = "points",
                  .layers = {kind.key},
                  .title = kind.name};
}

MapLayer figure_layer(const Figure& figure) {
  const auto* least = std::find_if(std::begin(kLevelZooms), std::end(kLevelZooms),
                                   [&](const LevelZoom& at) { return at.level >= figure.highest; });
  return {.id = figure.id,
          .kind = LayerKind::figures,
          .geometry = "areas",
          .least_zoom = least->zoom,
          .layers = {figure.id},
          .fields = {{"code", "String"},
                     {"name", "String"},
                     {"value", "Number; missing: no data"},
                     {"numerator", "Number"},
                     {"denominator", "Number"},
                     {"period", "String"},
                     {"drawn", "String"}},
          .title = figure.name,
          .theme = figure.theme,
          .unit = figure.unit};
}

void write_text(json::Writer& out, std::string_view key, const pack::Text& text) {
  if (text.zh.empty()) return;
  out.key(key).begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

}  // namespace

Result<std::vector<LayerKind>> read_kinds(std::string_view text) {
  std::vector<LayerKind> kinds;
  if (text.empty()) {
    return std::vector{LayerKind::places, LayerKind::streets, LayerKind::records,
                       LayerKind::figures};
  }
  for (const std::string& word : text::split(text, ',')) {
    const auto at = std::find(std::begin(kLayerKindNames), std::end(kLayerKindNames), word);
    if (at == std::end(kLayerKindNames)) {
      return refuse_fields({{"/kinds", "field.format", "places,streets,records,figures"}});
    }
    kinds.push_back(static_cast<LayerKind>(at - std::begin(kLayerKindNames)));
  }
  return kinds;
}

std::vector<MapLayer> layers_of(Context& call, Maps& maps, const std::vector<LayerKind>& kinds) {
  const auto wanted = [&](LayerKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  std::vector<MapLayer> all;
  const auto add = [&](Result<MapLayer> layer) {
    if (layer) all.push_back(std::move(*layer));
  };
  if (wanted(LayerKind::places)) add(place_layer(call, maps));
  if (wanted(LayerKind::streets)) {
    for (const std::string_view id : {kStreets, kBuildings}) add(street_layer(call, maps, id));
  }
  if (wanted(LayerKind::records)) {
    for (const pack::Register& kind : call.content().registers) add(record_layer(call, kind));
  }
  if (wanted(LayerKind::figures) && may_read_figures(call.actor())) {
    for (const Figure& figure : maps.figures().all(call.services())) {
      all.push_back(figure_layer(figure));
    }
  }
  return all;
}

Result<MapLayer> layer_named(Context& call, Maps& maps, const std::string& id) {
  if (id == kPlaces) return place_layer(call, maps);
  if (id == kStreets || id == kBuildings) return street_layer(call, maps, id);
  if (const pack::Register* kind = call.content().find_register(id)) {
    return record_layer(call, *kind);
  }
  const Figure figure = TRY(maps.figures().named(call.services(), id));
  TRY(may_read_figures(call.actor()));
  return figure_layer(figure);
}

void write(json::Writer& out, Context& call, const MapLayer& layer, const tiles::Box& box) {
  const bool english = call.request().header("accept-language").starts_with("en");
  const pack::Text& title = layer.title;
  out.begin_object().member("tilejson", "3.0.0").member("id", layer.id);
  if (!title.zh.empty()) out.member("name", english && !title.en.empty() ? title.en : title.zh);
  out.member("kind", kLayerKindNames[static_cast<size_t>(layer.kind)]);
  out.member("geometry", layer.geometry);
  write_text(out, "title", title);
  write_text(out, "theme", layer.theme);
  if (layer.kind == LayerKind::figures) out.member("unit", layer.unit);
  out.key("tiles").begin_array();
  out.value(call.services().settings.public_url + "/api/v1/tiles/" + layer.id + "/{z}/{x}/{y}.mvt");
  out.end_array();
  out.member("minzoom", layer.least_zoom).member("maxzoom", kMostZoom);
  if (!layer.attribution.empty()) out.member("attribution", layer.attribution);
  out.member("synthetic", layer.synthetic);
  if (box.west <= box.east) {
    out.key("bounds").begin_array();
    out.value(box.west).value(box.south).value(box.east).value(box.north).end_array();
  }
  out.key("vector_layers").begin_array();
  for (const std::string& name : layer.layers) {
    out.begin_object().member("id", name).key("fields").begin_object();
    for (const auto& [field, what] : layer.fields) out.member(field, what);
    out.end_object().end_object();
  }
  out.end_array().end_object();
}

shape::Shape layer_shape() {
  const auto text = [] {
    return shape::object(
        {shape::required("zh", shape::text()), shape::required("en", shape::text())}, "Text");
  };
  return shape::open_object(
      {shape::required("id", shape::text()),
       shape::required("kind", shape::choice({"places", "streets", "records", "figures"})),
       shape::required("geometry", shape::text()), shape::optional("name", shape::text()),
       shape::optional("title", text()), shape::optional("theme", text()),
       shape::optional("unit", shape::text()),
       shape::required("tiles", shape::array(shape::text())),
       shape::required("minzoom", shape::integer()), shape::required("maxzoom", shape::integer()),
       shape::required("synthetic", shape::boolean()),
       shape::optional("attribution", shape::text())},
      "TileLayer");
}

}  // namespace linli::maps
