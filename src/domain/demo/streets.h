// The streets that the city stands on: those of an imported map, else laid here and marked so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/demo/roads.h"
#include "domain/demo/settlements.h"
#include "engine/geo/network_file.h"

namespace linli::demo {

class Streets {
 public:
  // `content` is packs/demo/streets.yaml. `path` is where the installation's network lies or will.
  Streets(const json::Value& content, std::string path);

  // Where the things of a village stand. `hamlets`: at least so many, in the country.
  Frontage of(Random& random, const Ground& ground, int64_t hamlets);
  void add_door(places::Point point, int64_t levels);
  // Writes the network that was laid, with roads between the villages; nothing where a map was
  // imported or nothing was laid. `date` stands in it. Refuses what write_network refuses.
  Done write(uint64_t seed, time::Date date);

 private:
  struct Place {
    region::Code village;
    bool urban = false;
    std::vector<geo::Node> nodes;
  };
  Frontage imported(const Ground& ground) const;
  void add_roads(Random& random);
  void add_road(Random& random, const Place& from, const Place& to);
  std::vector<places::Point> bends(Random& random, places::Point from, places::Point to,
                                   bool urban) const;
  std::string about(time::Date date) const;

  std::string path_;
  std::string attribution_;
  Towns towns_;
  Hamlets hamlets_;
  Both<double> winding_;
  double piece_;
  Both<double> road_kmh_;
  std::optional<geo::NetworkFile> map_;      // imported
  std::multimap<int32_t, uint32_t> by_lat_;  // its streets that houses stand at
  Drawing drawing_;
  std::vector<Place> places_;
};

}  // namespace linli::demo
