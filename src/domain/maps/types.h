// What a map service draws: layers of tiles, and where.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/tiles/mercator.h"
#include "engine/tiles/types.h"

namespace linli::maps {

// Deeper zooms are drawn from these tiles: their 4 096 steps are 15 cm.
inline constexpr int kMostZoom = 16;
// A tile with more records than this shows how many there are in each of its cells.
inline constexpr int64_t kMostFeatures = 4000;

// Layers that are no register, and the register that everybody may see: what is near is no secret
// (circles tell it too).
inline constexpr std::string_view kPlaces = "places";
inline constexpr std::string_view kStreets = "streets";
inline constexpr std::string_view kBuildings = "buildings";
inline constexpr std::string_view kPublicRegister = "facility";

// An encoded tile, and the word that names its state: another state has another word.
struct Made {
  std::shared_ptr<const std::string> bytes;
  std::string tag;
};

}  // namespace linli::maps
