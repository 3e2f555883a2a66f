#include "domain/maps/api.h"

#include "core/crypto.h"
#include "core/text.h"
#include "domain/maps/rules.h"
#include "engine/tiles/mvt.h"

namespace linli::maps {
namespace {

// Tiles made by another reading of the data have another tag.
constexpr std::string_view kFormat = "2";

std::string key_of(std::string_view layer, tiles::Tile tile, std::string_view scope) {
  std::string key(layer);
  for (const uint64_t part : {static_cast<uint64_t>(tile.z), uint64_t{tile.x}, uint64_t{tile.y}}) {
    key += "/" + std::to_string(part);
  }
  return key + "?" + std::string(scope);
}

std::string text_of(const registers::PointScope& scope) {
  std::string text = std::string(scope.title ? "t" : "-") + (scope.choice ? "c" : "-");
  for (const region::Code territory : scope.territories) text += "," + territory.text();
  for (const region::Code territory : scope.own) text += "+" + territory.text();
  return text;
}

// Short, and the same for the same state wherever it is made.
std::string tag_of(const std::string& state) {
  const std::string digest = crypto::sha256(std::string(kFormat) + state);
  return text::hex(digest).substr(0, 24);
}

tiles::Feature feature_of(const registers::Pin& pin, uint64_t number) {
  tiles::Feature feature{.id = number, .shape = tiles::Shape::point};
  const cell::Position at = cell::middle(pin.cell);
  feature.rings = {{{at.lon, at.lat}}};
  feature.tags = {{"id", pin.id}, {"place", pin.place.text()}};
  if (!pin.title.empty()) feature.tags.emplace_back("name", pin.title);
  if (!pin.choice.empty()) feature.tags.emplace_back("kind", pin.choice);
  if (pin.closed) feature.tags.emplace_back("closed", int64_t{1});
  return feature;
}

tiles::Feature feature_of(const registers::Crowding::Cell& crowd, int depth, uint64_t number) {
  tiles::Feature feature{.id = number, .shape = tiles::Shape::point};
  const cell::Position at = cell::middle(crowd.cell, depth);
  feature.rings = {{{at.lon, at.lat}}};
  feature.tags = {{"count", crowd.records}};
  return feature;
}

std::string text_of(const std::vector<PlaceFigure>& figures) {
  json::Writer out;
  out.begin_array();
  for (const PlaceFigure& figure : figures) {
    out.begin_object().member("place", figure.place.text()).member("value", figure.value);
    out.member("numerator", figure.numerator).member("denominator", figure.denominator);
    out.member("period", figure.period).end_object();
  }
  out.end_array();
  return out.take();
}

// A place without data has no value, and so no number that could be taken for one.
tiles::Feature feature_of(const places::Cell& cell, const PlaceFigure& figure) {
  tiles::Feature feature = maps::feature_of(cell);
  const auto tag = [&](const char* name, const std::optional<double>& number) {
    if (number) feature.tags.emplace_back(name, *number);
  };
  tag("value", figure.value);
  tag("numerator", figure.numerator);
  tag("denominator", figure.denominator);
  feature.tags.emplace_back("period", figure.period);
  return feature;
}

}  // namespace

Result<registers::PointScope> scope_of(const host::Services& services, const host::Actor& actor,
                                       const pack::Register& kind) {
  const region::Code region = TRY(region::Code::parse(services.settings.region));
  if (kind.key == kPublicRegister) {
    return registers::everybody(actor, kind, region);
  }
  return registers::point_scope(actor, kind, region);
}

Result<Made> Maps::place_tile(host::Services& services, tiles::Tile tile) {
  const std::string key = key_of(kPlaces, tile, "");
  return services.database.read([&](db::Tx& tx) -> Result<Made> {
    const std::string tag = tag_of(key + "#" + Outlines::tag(tx));
    if (auto bytes = cache_.find(key, tag)) return Made{bytes, tag};
    const Made made{std::make_shared<const std::string>(
                        tiles::encode_tile(tile, outlines_.layers(tx, services, tile))),
                    tag};
    cache_.keep(key, made);
    return made;
  });
}

Result<Made> Maps::street_tile(host::Services& services, const std::string& layer,
                               tiles::Tile tile) {
  const StreetMaps::Opened opened = TRY(streets_.open(services.settings.data_folder));
  const std::string key = key_of(layer, tile, "");
  const std::string tag = tag_of(key + "#" + opened.tag);
  if (auto bytes = cache_.find(key, tag)) return Made{bytes, tag};
  std::string encoded;
  if (opened.map != nullptr) {
    const tiles::Layer drawn =
        layer == kStreets ? opened.map->streets(tile) : opened.map->buildings(tile);
    encoded = tiles::encode_tile(tile, {&drawn, 1});
  }
  const Made made{std::make_shared<const std::string>(std::move(encoded)), tag};
  cache_.keep(key, made);
  return made;
}

Result<Made> Maps::record_tile(host::Services& services, const registers::PointScope& scope,
                               tiles::Tile tile) {
  const cell::Range range = cell::inside(tile.z, tile.x, tile.y);
  const int depth = crowd_depth(tile.z);
  const std::string key = key_of(scope.kind->key, tile, text_of(scope));
  return services.database.read([&](db::Tx& tx) -> Result<Made> {
    const registers::Crowding crowding =
        registers::crowding(tx, scope, cell::inside(tile.z, tile.x, tile.y, depth), depth);
    const std::string tag = tag_of(key + "#" + std::to_string(crowding.edition));
    if (auto bytes = cache_.find(key, tag)) return Made{bytes, tag};
    tiles::Layer layer{scope.kind->key, {}};
    if (crowding.records > kMostFeatures) {
      for (const auto& crowd : crowding.cells) {
        layer.features.push_back(feature_of(crowd, depth, layer.features.size() + 1));
      }
    } else {
      for (const registers::Pin& pin : registers::pins(tx, scope, range, kMostFeatures)) {
        layer.features.push_back(feature_of(pin, layer.features.size() + 1));
      }
    }
    const Made made{std::make_shared<const std::string>(tiles::encode_tile(tile, {&layer, 1})),
                    tag};
    cache_.keep(key, made);
    return made;
  });
}

// What a tile says is what it was made from, so that its tag is a digest of it: whatever changes a
// figure, in whichever server, makes another tile.
Result<Made> Maps::figure_tile(host::Services& services, const host::Actor& actor,
                               const Figure& figure, tiles::Tile tile, time::Instant now) {
  TRY(may_read_figures(actor));
  std::string scope;
  for (const region::Code at : host::territories(actor, kFigurePermission)) {
    scope += "," + at.text();
  }
  const std::string key = key_of(figure.id, tile, scope);
  return services.database.read([&](db::Tx& tx) -> Result<Made> {
    std::map<region::Code, places::Cell> cells;
    std::vector<region::Code> codes;
    for (places::Cell& cell : outlines_.lowest(tx, services, tile)) {
      codes.push_back(cell.code);
      cells[cell.code] = std::move(cell);
    }
    const auto figures = figure.seen(tx, services, actor, codes, now);
    const std::string tag = tag_of(key + "#" + Outlines::tag(tx) + "#" + text_of(figures));
    if (auto bytes = cache_.find(key, tag)) return Made{bytes, tag};
    tiles::Layer layer{figure.id, {}};
    for (const PlaceFigure& at : figures) {
      layer.features.push_back(feature_of(cells[at.place], at));
    }
    const Made made{std::make_shared<const std::string>(tiles::encode_tile(tile, {&layer, 1})),
                    tag};
    cache_.keep(key, made);
    return made;
  });
}

Result<Made> Maps::tile(host::Services& services, const host::Actor& actor,
                        const std::string& layer, tiles::Tile tile, time::Instant now) {
  if (layer == kPlaces) return place_tile(services, tile);
  if (layer == kStreets || layer == kBuildings) return street_tile(services, layer, tile);
  if (const pack::Register* kind = services.content->find_register(layer)) {
    return record_tile(services, TRY(scope_of(services, actor, *kind)), tile);
  }
  return figure_tile(services, actor, TRY(figures_.named(services, layer)), tile, now);
}

}  // namespace linli::maps
