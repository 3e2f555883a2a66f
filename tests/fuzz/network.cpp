// The file of a network: what is accepted can be travelled without leaving its memory.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/geo/isochrone.h"
#include "engine/geo/network_file.h"

using namespace linli::geo;  // NOLINT: a program of one file

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<uint8_t> room(size + 64);
  uint8_t* bytes = room.data();
  while (reinterpret_cast<uintptr_t>(bytes) % 64 != 0) ++bytes;
  std::copy_n(data, size, bytes);
  const auto network = NetworkFile::read({reinterpret_cast<const char*>(bytes), size});
  if (!network || network->nodes.empty()) return 0;
  Profile profile;
  profile.speed_kmh = profile.approach_kmh = 4;
  const Travel travel(*network, profile);
  Isochrones isochrones(travel, Direction::from_point);
  const Snapped snapped = travel.snapper().snap(network->nodes[0], 1000);
  if (snapped.anchor.street == kNoStreet) return 0;
  isochrones.search(snapped.anchor, 3600);
  static_cast<void>(isochrones.doors());
  return 0;
}
