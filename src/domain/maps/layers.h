// The layers of the map: places, streets, records of registers and figures by place, each as
// TileJSON 3.0 names it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/maps/api.h"
#include "host/context.h"

namespace linli::maps {

enum class LayerKind { places, streets, records, figures };
inline constexpr std::string_view kLayerKindNames[] = {"places", "streets", "records", "figures"};
// "streets,figures"; empty: all. Refuses `input.invalid` at /kinds.
Result<std::vector<LayerKind>> read_kinds(std::string_view text);

struct MapLayer {
  std::string id;
  LayerKind kind = LayerKind::records;
  std::string geometry;  // areas, lines or points
  int least_zoom = 0;
  std::vector<std::string> layers = {};                          // inside the tiles
  std::vector<std::pair<std::string, std::string>> fields = {};  // of figures
  pack::Text title = {};
  pack::Text theme = {};
  std::string unit = {};
  std::string attribution = {};
  bool synthetic = false;
};

// Those of the kinds that the caller may see.
std::vector<MapLayer> layers_of(host::Context& call, Maps& maps,
                                const std::vector<LayerKind>& kinds);
// Refuses as Maps::tile does.
Result<MapLayer> layer_named(host::Context& call, Maps& maps, const std::string& id);

void write(json::Writer& out, host::Context& call, const MapLayer& layer, const tiles::Box& box);
shape::Shape layer_shape();

}  // namespace linli::maps
