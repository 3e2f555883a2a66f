// A place's streets as the engine keeps them: read from a map once, written to one file, mapped
// into memory. Nodes are junctions, numbered by their rank in the hierarchy.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/geo/types.h"

namespace linli::geo {

// How somebody travels: what a street may be used for. A pram travels as a wheelchair does.
enum class Mode : uint8_t { walk, wheelchair, cycle, drive };
inline constexpr std::array<std::string_view, 4> kModeNames{"walk", "wheelchair", "cycle", "drive"};

enum class StreetKind : uint8_t {
  motorway,
  trunk,
  primary,
  secondary,
  tertiary,
  residential,
  living_street,
  service,
  track,
  cycleway,
  path,
  steps,
};
inline constexpr std::array<std::string_view, 12> kStreetKindNames{
    "motorway",      "trunk",   "primary", "secondary", "tertiary", "residential",
    "living_street", "service", "track",   "cycleway",  "path",     "steps"};

// A street between two junctions. `uses` has two bits a mode: from ends[0] to ends[1], and back.
struct Street {
  std::array<Node, 2> ends{};
  uint32_t arc = 0;         // of the hierarchy, between the ends
  uint32_t length_dm = 0;   // tenths of a metre along its bends
  uint32_t first_bend = 0;  // its points between the ends, in `bends`
  uint16_t bend_count = 0;
  uint8_t uses = 0;
  StreetKind kind = StreetKind::path;
  uint8_t speed_kmh = 0;  // posted limit; 0: not known
  std::array<uint8_t, 3> unused{};
};

constexpr uint8_t use_bit(Mode mode, bool forward) {
  return static_cast<uint8_t>(1U << (static_cast<unsigned>(mode) * 2 + (forward ? 0 : 1)));
}
constexpr uint8_t use_bits(Mode mode) {
  return static_cast<uint8_t>(use_bit(mode, true) | use_bit(mode, false));
}

inline constexpr uint32_t kNoStreet = 0xffffffff;

// Where a point of the ground meets the network.
struct Anchor {
  uint32_t street = kNoStreet;
  uint32_t along_dm = 0;  // from ends[0]
  uint32_t away_dm = 0;   // from the street
};

// A building's entrance or an address: where residents leave from. Sorted by street.
struct Door {
  Location at;
  Anchor anchor;              // on foot; kNoStreet: no street within the limit
  uint32_t footprint_m2 = 0;  // of the building; 0: an address alone
  uint32_t address = 0;       // offset of its text in `texts`; 0: none
  uint16_t levels = 0;        // 0: not known
  uint8_t residential = 0;    // 1: people live there, as far as the map says
  std::array<uint8_t, 1> unused{};
};

// Squares of about 250 m with the streets that touch them, for looking up what is near.
struct GridHeader {
  Location origin;
  int32_t cell_lon = 1;
  int32_t cell_lat = 1;
  uint32_t columns = 0;
  uint32_t rows = 0;
};

// What a network consists of; spans into a mapped file or into NetworkData.
struct Network {
  std::span<const Location> nodes;
  std::span<const Street> streets;
  std::span<const Location> bends;
  std::span<const uint32_t> hierarchy_first;
  std::span<const Node> hierarchy_heads;
  GridHeader grid;
  std::span<const uint32_t> grid_first;
  std::span<const uint32_t> grid_streets;
  std::span<const Door> doors;
  std::string_view texts;  // each ends with NUL; offset 0 is the empty text
  std::string_view about;  // JSON: source, date of the data, attribution

  // The street's points from ends[0] to ends[1], its bends between.
  std::vector<Location> line_of(uint32_t street) const;
};

// The same with the memory behind it, while it is built.
struct NetworkData {
  std::vector<Location> nodes;
  std::vector<Street> streets;
  std::vector<Location> bends;
  std::vector<uint32_t> hierarchy_first;
  std::vector<Node> hierarchy_heads;
  GridHeader grid;
  std::vector<uint32_t> grid_first;
  std::vector<uint32_t> grid_streets;
  std::vector<Door> doors;
  std::string texts = std::string(1, '\0');
  std::string about;

  Network view() const;
};

}  // namespace linli::geo
