// Grids, estates, buildings and dwellings, and who lives in them.
#pragma once

#include "domain/demo/city.h"
#include "domain/demo/families.h"
#include "domain/demo/people.h"

namespace linli::demo {

class Homes {
 public:
  explicit Homes(City& city);
  // Grids of legal size for so many households.
  void draw_grids(Village& village, int64_t households) const;
  // Houses the households, grid by grid. `companies`: property companies (ids) that may look after
  // an estate.
  void settle(Random& random, Village& village, const std::vector<Household>& households,
              People& people, const std::vector<std::string>& companies);

 private:
  struct Estate {
    std::string id;
    std::string address;
    int64_t first = 0;  // households
    int64_t end = 0;
  };
  // The groups of a village of the country, one a grid.
  std::vector<std::string> add_groups(Random& random, const Village& village);
  Estate add_estate(Random& random, const Village& village, int64_t first, int64_t end,
                    const std::vector<std::string>& companies, int64_t nth);
  std::string add_building(Random& random, region::Code place, const Estate& estate, int64_t number,
                           int64_t dwellings, places::Point point);
  Home add_dwelling(Random& random, const Village& village, Home home, const std::string& building,
                    int64_t nth, places::Point point);

  City& city_;
  Sheet estate_;
  Sheet building_;
  Sheet dwelling_;
  Sheet group_;
  Both<double> grid_households_;
  Both<std::string> grid_name_;
  double estate_households_ = 1;
  Both<double> building_dwellings_;
  std::vector<std::string> estate_names_;
  std::vector<std::string> estate_endings_;
  std::vector<std::string> streets_;
  Span completed_;
  Mix property_mode_;
  Mix renovation_;
  Span service_room_;
  Span dwelling_area_;
  Mix floors_;
  Mix use_;
};

}  // namespace linli::demo
