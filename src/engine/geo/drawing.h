// For tests: a map drawn with letters, read as OpenStreetMap is read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/geo/network.h"
#include "engine/geo/osm_import.h"
#include "engine/geo/travel.h"

namespace linli::geo::testing {

// Letters are nodes, `metres` apart along rows and columns; everything else is paper.
//   Drawing town("A---B---C\n    |    \n    D    ", 100);
//   town.way("AB", {{"highway", "residential"}});
class Drawing {
 public:
  using Tags = std::map<std::string, std::string>;
  Drawing(const std::string& picture, double metres);
  Drawing& way(const std::string& letters, const Tags& tags);
  Drawing& node(char letter, const Tags& tags);

  Location at(char letter) const { return at_.at(letter); }
  std::string xml() const;
  Imported import() const;

 private:
  std::map<char, Location> at_;
  std::map<char, Tags> tags_;
  std::vector<std::pair<std::string, Tags>> ways_;
};

// Walks 1 m/s, also on steps and to the street.
Profile test_profile(Mode mode);
// Seconds from one place to another by Dijkstra; -1: no path.
double seconds_between(const Travel& travel, Location from, Location to);

}  // namespace linli::geo::testing
