#include "domain/demo/drawing.h"

#include <cmath>

namespace linli::demo {

geo::Location location_of(places::Point point) {
  return {static_cast<int32_t>(std::lround(point.lon * 1e7)),
          static_cast<int32_t>(std::lround(point.lat * 1e7))};
}

geo::Node Drawing::add_node(places::Point point) {
  data_.nodes.push_back(location_of(point));
  return static_cast<geo::Node>(data_.nodes.size() - 1);
}

void Drawing::add_street(geo::Node from, geo::Node to, geo::StreetKind kind, int64_t speed_kmh,
                         const std::vector<places::Point>& bends) {
  geo::Street street;
  street.ends = {from, to};
  street.first_bend = static_cast<uint32_t>(data_.bends.size());
  street.bend_count = static_cast<uint16_t>(bends.size());
  street.kind = kind;
  street.speed_kmh = static_cast<uint8_t>(speed_kmh);
  for (const geo::Mode mode :
       {geo::Mode::walk, geo::Mode::wheelchair, geo::Mode::cycle, geo::Mode::drive}) {
    if (mode == geo::Mode::drive && kind == geo::StreetKind::path) continue;
    street.uses |= geo::use_bits(mode);
  }
  double metres = 0;
  geo::Location last = data_.nodes[from];
  for (const places::Point& bend : bends) {
    data_.bends.push_back(location_of(bend));
    metres += geo::distance_m(last, data_.bends.back());
    last = data_.bends.back();
  }
  metres += geo::distance_m(last, data_.nodes[to]);
  street.length_dm = static_cast<uint32_t>(std::lround(metres * 10));
  data_.streets.push_back(street);
}

void Drawing::add_door(places::Point point, int64_t levels) {
  geo::Door door;
  door.at = location_of(point);
  door.levels = static_cast<uint16_t>(levels);
  door.residential = 1;
  data_.doors.push_back(door);
}

}  // namespace linli::demo
