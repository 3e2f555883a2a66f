// A network of streets in the making.
#pragma once

#include <vector>

#include "domain/places/types.h"
#include "engine/geo/network.h"

namespace linli::demo {

geo::Location location_of(places::Point point);

class Drawing {
 public:
  geo::Node add_node(places::Point point);
  // Everybody may use it both ways; a path is for those without a car. Its length is measured.
  void add_street(geo::Node from, geo::Node to, geo::StreetKind kind, int64_t speed_kmh,
                  const std::vector<places::Point>& bends = {});
  void add_door(places::Point point, int64_t levels);
  const geo::NetworkData& data() const { return data_; }
  geo::NetworkData take() { return std::move(data_); }

 private:
  geo::NetworkData data_;
};

}  // namespace linli::demo
