#include "engine/geo/drawing.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

namespace linli::geo::testing {

Drawing::Drawing(const std::string& picture, double metres) {
  constexpr double kUnitsPerMetre = 1 / 0.01111950797;
  constexpr Location kOrigin{1'215'000'000, 298'000'000};  // Ningbo
  const double shorten = std::cos(kOrigin.lat * 1e-7 * std::numbers::pi / 180);
  double row = 0;
  double column = 0;
  for (const char letter : picture) {
    if (letter == '\n') {
      ++row;
      column = 0;
      continue;
    }
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
      at_[letter] = {kOrigin.lon + static_cast<int32_t>(column * metres * kUnitsPerMetre / shorten),
                     kOrigin.lat - static_cast<int32_t>(row * metres * kUnitsPerMetre)};
    }
    ++column;
  }
}

Drawing& Drawing::way(const std::string& letters, const Tags& tags) {
  ways_.emplace_back(letters, tags);
  return *this;
}

Drawing& Drawing::node(char letter, const Tags& tags) {
  tags_[letter] = tags;
  return *this;
}

std::string Drawing::xml() const {
  std::string out = "<?xml version='1.0'?><osm version='0.6'>\n";
  const auto add_tags = [&](const Tags& tags) {
    for (const auto& [key, value] : tags) {
      out += "<tag k='" + key + "' v='" + value + "'/>";
    }
  };
  for (const auto& [letter, at] : at_) {
    out += "<node id='" + std::to_string(static_cast<int>(letter)) + "' version='1' lat='" +
           std::to_string(at.lat * 1e-7) + "' lon='" + std::to_string(at.lon * 1e-7) + "'>";
    if (const auto tags = tags_.find(letter); tags != tags_.end()) add_tags(tags->second);
    out += "</node>\n";
  }
  int id = 0;
  for (const auto& [letters, tags] : ways_) {
    out += "<way id='" + std::to_string(++id) + "' version='1'>";
    for (const char letter : letters) {
      out += "<nd ref='" + std::to_string(static_cast<int>(letter)) + "'/>";
    }
    add_tags(tags);
    out += "</way>\n";
  }
  return out + "</osm>\n";
}

Imported Drawing::import() const {
  return MUST(import_osm(MUST(read_osm_bytes(xml(), "xml", {})), "drawn", {}));
}

Profile test_profile(Mode mode) {
  Profile profile;
  profile.key = kModeNames[static_cast<size_t>(mode)];
  profile.mode = mode;
  profile.speed_kmh = 3.6;
  profile.approach_kmh = 3.6;
  return profile;
}

double seconds_between(const Travel& travel, Location from, Location to) {
  const Anchor start = travel.snapper().snap(from, 50).anchor;
  const Anchor end = travel.snapper().snap(to, 50).anchor;
  if (start.street == kNoStreet || end.street == kNoStreet) return -1;
  std::vector<Seed> seeds;
  for (const AnchorEnd& side : travel.ends_of(start)) {
    if (side.leave < kNoTime) seeds.push_back({side.node, side.leave});
  }
  const std::vector<Time> times = dijkstra(travel.away(), seeds);
  Time best = travel.along(start, end);
  for (const AnchorEnd& side : travel.ends_of(end)) {
    if (side.arrive < kNoTime) best = std::min(best, times[side.node] + side.arrive);
  }
  return best >= kNoTime ? -1 : best / static_cast<double>(kUnitsPerSecond);
}

}  // namespace linli::geo::testing
