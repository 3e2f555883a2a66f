#include <fstream>

#include "app/commands/commands.h"
#include "domain/places/api.h"
#include "engine/tiles/pyramid.h"

namespace linli::app {
namespace {

using region::Level;

constexpr int kLeastZoom = 4;
constexpr int kMostZoom = 13;  // villages fill a screen; maps draw further zooms from these
struct Shown {
  Level level;
  int from_zoom;
};
constexpr Shown kShown[] = {{Level::province, 4},
                            {Level::city, 5},
                            {Level::county, 6},
                            {Level::township, 9},
                            {Level::village, 11}};

tiles::Feature feature_of(const places::Place& place, const places::Area& area, bool synthetic) {
  tiles::Feature feature;
  feature.id = static_cast<uint64_t>(place.code.padded());
  feature.shape = tiles::Shape::area;
  for (const places::Ring& ring : area) {
    feature.rings.emplace_back();
    for (const places::Point& point : ring) feature.rings.back().push_back({point.lon, point.lat});
  }
  feature.tags = {{"code", place.code.text()},
                  {"name", place.name},
                  {"drawn", synthetic ? "estimate" : "outline"}};
  return feature;
}

// The places of a level under and including `under` that the atlas can draw.
tiles::Drawn layer_of(db::Tx& tx, places::Atlas& atlas, region::Code under, const Shown& shown) {
  tiles::Drawn drawn{{std::string(region::name_of(shown.level)), {}}, shown.from_zoom};
  places::each(tx, under, shown.level, [&](const places::Place& place) {
    if (place.status != places::Status::active) return true;
    bool synthetic = true;
    for (const places::Cell& cell : atlas.children(tx, place.parent)) {
      if (cell.code == place.code) synthetic = cell.synthetic;
    }
    const places::Area area = atlas.area_of(tx, place.code);
    if (!area.empty()) drawn.layer.features.push_back(feature_of(place, area, synthetic));
    return true;
  });
  return drawn;
}

}  // namespace

int export_tiles(Terminal& terminal, const Common& common, const std::string& place,
                 const std::string& file) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    host::Services& services = installation->services();
    const std::string wanted = place.empty() ? services.settings.region : place;
    const region::Code under = TRY(region::Code::parse(wanted));
    const auto layers =
        TRY(services.database.read([&](db::Tx& tx) -> Result<std::vector<tiles::Drawn>> {
          places::Atlas atlas(places::outlines_folder(services.settings));
          std::vector<tiles::Drawn> all;
          for (const Shown& shown : kShown) {
            tiles::Drawn drawn = layer_of(tx, atlas, under, shown);
            if (!drawn.layer.features.empty()) all.push_back(std::move(drawn));
          }
          return all;
        }));
    if (layers.empty()) return refuse(ErrorKind::not_found, "tiles.nothing_to_draw", wanted);
    const tiles::Archive archive = tiles::make_pyramid("places", layers, kLeastZoom, kMostZoom);
    std::ofstream out(file, std::ios::binary);
    out << tiles::write_pmtiles(archive, kLeastZoom, kMostZoom);
    if (!out.flush()) return refuse(ErrorKind::invalid, "installation.unwritable", file);
    terminal.say("export.tiles", {{"tiles", std::to_string(archive.tiles.size())}, {"file", file}});
    return {};
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
