// Places on the ground and times of travel: what every file of the map engine speaks of.
#pragma once

#include <cstdint>
#include <functional>

namespace linli::geo {

using Node = uint32_t;
inline constexpr Node kNoNode = 0xffffffff;

// WGS-84, in 1e-7 degrees (about a centimetre), as OpenStreetMap keeps it.
struct Location {
  int32_t lon = 0;
  int32_t lat = 0;
  friend bool operator==(const Location&, const Location&) = default;
};

// Times inside the engine are whole quarter seconds; at its edge they are seconds.
using Time = uint32_t;
inline constexpr Time kUnitsPerSecond = 4;
inline constexpr Time kNoTime = 0x7fffffff;  // no path; the sum of two still fits a Time
// Times of the 32-lane sweep are 15 bits: kFar is "not within 8 191 s (136 minutes)".
using LaneTime = uint16_t;
inline constexpr LaneTime kFar = 0x7fff;

// Metres on the ground between two locations. Exact to 0.1 % below 100 km.
double distance_m(Location a, Location b);

// Told how much of a long work is done (0 to 1); false asks it to stop.
using Progress = std::function<bool(double share)>;

}  // namespace linli::geo
